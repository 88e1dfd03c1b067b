package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxWriteApiTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final String NOW_SECONDS = Long.toString(PushWorld.NOW.getEpochSecond());
    private static final Map<String, String> TELEGRAF =
            Map.of("content-type", "text/plain; charset=utf-8", "content-encoding", "gzip");

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);

    private HttpResponse push(String query, byte[] body, Map<String, String> headers) {
        return push(world, query, body, headers);
    }

    private static HttpResponse push(PushWorld world, String query, byte[] body, Map<String, String> headers) {
        return world.push(TENANT, new HttpRequest("POST", "/api/v1/push/influx/write", query, headers, body));
    }

    private static byte[] bytes(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    /// The strings of an object of strings.
    private static Map<String, String> json(HttpResponse response) throws IOException {
        Map<String, String> strings = new TreeMap<>();
        try (JsonParser in = new JsonFactory().createParser(response.body())) {
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                strings.put(name, in.nextTextValue());
            }
        }
        return strings;
    }

    private Map<String, List<String>> stored() {
        while (world.deliver()) {
            // until the queue is empty
        }
        return world.read(TENANT);
    }

    @Test
    void whatTelegrafSendsIs204AndReadsAsSent() {
        String lines = "cpu,cpu=cpu-total,host=a usage_idle=97.5,usage_user=2i %s000000000\nup value=true\n"
                .formatted(NOW_SECONDS);
        HttpResponse response = push("consistency=any&db=telegraf", gzip(bytes(lines)), TELEGRAF);
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        String now = PushWorld.NOW.toEpochMilli() + " ";
        assertThat(stored())
                .isEqualTo(Map.of(
                        "cpu_usage_idle{cpu=\"cpu-total\", host=\"a\"}", List.of(now + "4058600000000000"),
                        "cpu_usage_user{cpu=\"cpu-total\", host=\"a\"}", List.of(now + "4000000000000000"),
                        "up", List.of(now + "3ff0000000000000")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/json"})
    void theContentTypeSaysNothing(String type) {
        byte[] body = bytes("disk,mount=/a%zz value=1 " + NOW_SECONDS);
        assertThat(push("precision=s", body, Map.of("content-type", type)).status())
                .isEqualTo(204);
        assertThat(stored()).containsOnlyKeys("disk{mount=\"/a%zz\"}");
    }

    @Test
    void nothingIs204AndCostsNothing() {
        for (String nothing : List.of("", "\n\n", "# comment", "log message=\"text\"")) {
            assertThat(push("", bytes(nothing), Map.of()).status()).isEqualTo(204);
        }
        assertThat(world.calls()).isZero();
    }

    static Stream<Arguments> refusals() {
        String good = "up value=1 " + NOW_SECONDS + "\n";
        byte[] packed = gzip(bytes(good));
        Map<String, String> zip = Map.of("content-encoding", "gzip");
        return Stream.of(
                Arguments.of(
                        "a line that cannot be read",
                        "precision=s",
                        bytes(good + "bad"),
                        Map.of(),
                        400,
                        "invalid",
                        "partial write: unable to parse line 2: it has no fields (err-influx-unable-to-parse)",
                        true),
                Arguments.of(
                        "a series that breaks a limit",
                        "precision=s",
                        bytes(good + "up,path=" + "x".repeat(3000) + " value=1 " + NOW_SECONDS),
                        Map.of(),
                        400,
                        "invalid",
                        "(err-mimir-label-value-too-long)",
                        true),
                Arguments.of(
                        "tags that become one",
                        "precision=s",
                        bytes(good + "m,a.b=1,a-b=2 value=1 " + NOW_SECONDS),
                        Map.of(),
                        400,
                        "invalid",
                        "(err-mimir-duplicate-label-names)",
                        true),
                Arguments.of(
                        "a tag called as the metric name",
                        "precision=s",
                        bytes(good + "m,__name__=other value=1 " + NOW_SECONDS),
                        Map.of(),
                        400,
                        "invalid",
                        "(err-mimir-duplicate-label-names)",
                        true),
                Arguments.of(
                        "timestamps in another precision than said",
                        "",
                        bytes("up value=1 " + NOW_SECONDS),
                        Map.of(),
                        400,
                        "invalid",
                        "(err-mimir-sample-timestamp-too-old)",
                        false),
                Arguments.of(
                        "nothing but bad lines",
                        "",
                        bytes("bad\nbad"),
                        Map.of(),
                        400,
                        "invalid",
                        "unable to parse line 1: it has no fields (err-influx-unable-to-parse), and 1 more",
                        false),
                Arguments.of(
                        "a precision that is none",
                        "precision=days",
                        bytes(good),
                        Map.of(),
                        400,
                        "invalid",
                        "precision \"days\" is none of ns, us, ms, s, m and h",
                        false),
                Arguments.of("no gzip", "", bytes(good), zip, 400, "invalid", "body is not gzip", false),
                Arguments.of(
                        "half of it",
                        "",
                        Arrays.copyOf(packed, packed.length / 2),
                        zip,
                        400,
                        "invalid",
                        "body is not gzip",
                        false),
                Arguments.of(
                        "a bomb",
                        "",
                        gzip(new byte[33 << 20]),
                        zip,
                        413,
                        "request too large",
                        "send smaller batches",
                        false),
                Arguments.of("too much", "", new byte[33 << 20], Map.of(), 413, "request too large", "at most", false),
                Arguments.of(
                        "snappy",
                        "",
                        bytes(good),
                        Map.of("content-encoding", "snappy"),
                        415,
                        "invalid",
                        "content-encoding \"snappy\" is not read here",
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatIsRefusedIsToldInJson(
            String name,
            String query,
            byte[] body,
            Map<String, String> headers,
            int status,
            String code,
            String text,
            boolean goodPartIsStored)
            throws IOException {
        HttpResponse response = push(query, body, headers);
        assertThat(response.status()).as(name).isEqualTo(status);
        assertThat(response.headers()).isEqualTo(Map.of("content-type", "application/json"));
        Map<String, String> json = json(response);
        assertThat(json).containsOnlyKeys("code", "message", "error").containsEntry("code", code);
        assertThat(json.get("message"))
                .contains(text)
                .matches(said -> said.startsWith("partial write: ") == goodPartIsStored)
                .isEqualTo(json.get("error"));
        assertThat(stored().keySet()).isEqualTo(goodPartIsStored ? Set.of("up") : Set.of());
    }

    @Test
    void aStoreThatIsAwayIs503WithRetryAfter() throws IOException {
        PushWorld away = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS, Set.of(0), false);
        HttpResponse response = push(away, "", bytes("up value=1"), Map.of());
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "5");
        assertThat(json(response)).containsEntry("code", "unavailable");
    }
}
