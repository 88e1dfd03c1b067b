package io.lambdascope.api.loki;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.ingest.PushWorld;
import io.lambdascope.limits.LimitsFile;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LokiPushBody;
import io.lambdascope.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A case of `loki-push/cases.txt`.
record LokiPushCase(
        String name,
        TenantLimits limits,
        Map<String, String> headers,
        byte[] body,
        String answer,
        List<String> stored) {
    static final Tenant TENANT = new Tenant("team-a");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NOW = PushWorld.NOW.getEpochSecond() * NANOS_PER_SECOND;
    private static final Pattern TIME = Pattern.compile("\"T([+-]\\d+)?\"");
    private static final Pattern ENTRY = Pattern.compile("(\\{.*?}) T([+-]\\d+)? \\{(.*?)} (.*)");
    private static final Pattern PAIR = Pattern.compile("([^=, ]+)=\"(.*?)\"");

    static LokiPushCase of(List<String> lines) {
        TenantLimits limits = TenantLimits.DEFAULTS.with(LogsLimits.DISCOVER_LOG_LEVELS, false);
        Map<String, String> headers = new LinkedHashMap<>();
        StringBuilder json = new StringBuilder();
        List<String> entries = new ArrayList<>();
        boolean protobuf = false;
        String answer = "";
        List<String> stored = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "limits" ->
                    limits = LimitsFile.parse(
                                    "{\"defaults\": {\"logs\": {\"discover_log_levels\": false}}, \"overrides\": {\"team-a\": {\"logs\": %s}}}"
                                            .formatted(rest)
                                            .getBytes(StandardCharsets.UTF_8))
                            .of(TENANT);
                case "header" -> headers.put(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
                case "<" -> json.append(rest).append('\n');
                case "<proto" -> {
                    protobuf = true;
                    entries.add(rest);
                }
                case "=" -> answer = rest;
                case ">" -> stored.add(rest);
                default -> throw new IllegalArgumentException("what is " + line);
            }
        }
        byte[] body = protobuf
                ? LokiPushBody.snappy(message(entries))
                : TIME.matcher(json)
                        .replaceAll(time -> "\"%d\"".formatted(nanos(time)))
                        .getBytes(StandardCharsets.UTF_8);
        return new LokiPushCase(lines.getFirst(), limits, headers, body, answer, stored);
    }

    private static long nanos(MatchResult time) {
        return NOW + (time.group(1) == null ? 0 : Long.parseLong(time.group(1)) * NANOS_PER_SECOND);
    }

    /// Each line is a stream of its own, with labels as they are written.
    private static byte[] message(List<String> entries) {
        ProtoWriter request = new ProtoWriter(256);
        for (String line : entries) {
            Matcher parts = ENTRY.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            int stream = request.begin(1);
            request.text(1, parts.group(1));
            int entry = request.begin(2);
            int time = request.begin(1);
            long seconds = parts.group(2) == null ? 0 : Long.parseLong(parts.group(2));
            request.varint(1, PushWorld.NOW.getEpochSecond() + seconds);
            request.end(time);
            request.text(2, parts.group(4));
            PAIR.matcher(parts.group(3)).results().forEach(pair -> {
                int label = request.begin(3);
                request.text(1, pair.group(1));
                request.text(2, pair.group(2));
                request.end(label);
            });
            request.end(entry);
            request.end(stream);
        }
        return request.toByteArray();
    }

    HttpRequest request() {
        return new HttpRequest("POST", "/loki/api/v1/push", "", headers, body);
    }

    /// An entry as these files write it.
    static String text(LogItem item) {
        long seconds = (item.timeNanos() - NOW) / NANOS_PER_SECOND;
        String time = seconds == 0 ? "T" : "T%+d".formatted(seconds);
        return "%s %s %s %s".formatted(item.stream(), time, item.metadata(), item.line());
    }

    @Override
    public String toString() {
        return name;
    }
}
