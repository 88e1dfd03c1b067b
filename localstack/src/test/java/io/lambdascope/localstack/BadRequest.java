package io.lambdascope.localstack;

import io.lambdascope.labels.Labels;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What nobody should send, and how it is answered.
///
/// @param text what the answer says, among other things
record BadRequest(String what, String method, String path, String contentType, byte[] body, int status, String text) {
    private static final String PUSH = "/api/v1/push";
    private static final String QUERY = "/prometheus/api/v1/query";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MB = 1 << 20;

    HttpRequest to(String base, String tenant) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(40))
                .header("X-Scope-OrgID", tenant)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        return contentType.isEmpty()
                ? request.build()
                : request.header("Content-Type", contentType).build();
    }

    @Override
    public String toString() {
        return what;
    }

    static List<BadRequest> all(Instant now) {
        byte[] sound = RemoteWriteBody.of(MachineClient.sample(named("m"), now.toEpochMilli(), 1));
        return List.of(
                push("snappy that is cut off", Arrays.copyOf(sound, sound.length - 3), 400, "not snappy"),
                push("no snappy at all", "hello".getBytes(StandardCharsets.UTF_8), 400, "snappy"),
                push("an empty body", new byte[0], 400, "body is empty"),
                push(
                        "snappy around no protobuf",
                        RemoteWriteBody.snappy(new byte[] {0x0a, 0x7f, 1, 2}),
                        400,
                        "protobuf"),
                push("a gigabyte in a megabyte", bomb(), 413, "1073741824 bytes when decompressed"),
                push(
                        "the same label twice",
                        body("__name__", "m", "a", "1", "a", "2", now.toEpochMilli()),
                        400,
                        "duplicate"),
                push("a label without a name", body("__name__", "m", "", "1", now.toEpochMilli()), 400, "label"),
                push("a sample of 1970", body("__name__", "m", 0), 400, "older than"),
                push(
                        "a sample of 2100",
                        body(
                                "__name__",
                                "m",
                                Instant.parse("2100-01-01T00:00:00Z").toEpochMilli()),
                        400,
                        "future"),
                push("11 MB", new byte[11 * MB], 413, "{\"message\":\"Request Entity Too Large\"}"),
                query("a query larger than an event", "up" + " ".repeat(5 * MB), 413, "Request Entity Too Large"),
                query("a query of 3 MB", "up" + " + up".repeat(3 * MB / 5), 400, "bad_data"),
                query("a query that is none", "rate(up", 400, "parse error"),
                query("a regex that is none", "up{a=~\"(\"}", 400, "regex"),
                new BadRequest(
                        "12,000 points",
                        "GET",
                        "/prometheus/api/v1/query_range?query=up&start=0&end=12000&step=1",
                        "",
                        new byte[0],
                        400,
                        "exceeded maximum resolution of 11,000 points"),
                new BadRequest("a wrong method", "DELETE", QUERY, "", new byte[0], 405, "Method Not Allowed"),
                new BadRequest("a path that is none", "GET", "/prometheus/api/v1/nothing", "", new byte[0], 404, ""),
                new BadRequest("a path above the root", "GET", "/../../etc/passwd", "", new byte[0], 404, ""));
    }

    /// What looks bad and is not.
    static List<BadRequest> harmless(Instant now) {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "job-" + i).collect(Collectors.joining("|"));
        return List.of(
                query("a regex of 10,000 alternatives", "up{job=~\"" + names + "\"}", 200, "\"result\":[]"),
                push("labels in no order", body("z", "1", "__name__", "other", "a", "2", now.toEpochMilli()), 204, ""));
    }

    private static BadRequest push(String what, byte[] body, int status, String text) {
        return new BadRequest(what, "POST", PUSH, PROTOBUF, body, status, text);
    }

    private static BadRequest query(String what, String query, int status, String text) {
        byte[] form = ("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        return new BadRequest(what, "POST", QUERY, FORM, form, status, text);
    }

    private static Labels named(String name) {
        return Labels.of("__name__", name);
    }

    /// @param labelsAndMillis names and values in any order, and last the time of the one sample
    private static byte[] body(Object... labelsAndMillis) {
        int labels = labelsAndMillis.length - 1;
        ByteArrayOutputStream series = new ByteArrayOutputStream();
        for (int i = 0; i < labels; i += 2) {
            series.writeBytes(field(
                    1, concat(field(1, text(labelsAndMillis[i])), field(2, text(labelsAndMillis[i + 1])))));
        }
        long millis = ((Number) labelsAndMillis[labels]).longValue();
        series.writeBytes(field(2, concat(new byte[] {0x10}, varint(millis))));
        return RemoteWriteBody.snappy(field(1, series.toByteArray()));
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] field(int number, byte[] value) {
        return concat(new byte[] {(byte) (number << 3 | 2)}, concat(varint(value.length), value));
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest >>> 7 != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Snappy whose header promises a gigabyte, then a megabyte of copies of 64 bytes each.
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(varint(1L << 30));
        out.writeBytes(new byte[] {0, 0});
        byte[] copyOf64FromOneBack = {(byte) (63 << 2 | 2), 1, 0};
        while (out.size() < MB) {
            out.writeBytes(copyOf64FromOneBack);
        }
        return out.toByteArray();
    }
}
