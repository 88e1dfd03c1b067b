package io.lambdascope.wire.otlp.logs;

import io.lambdascope.limits.LimitsFile;
import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.testkit.logs.LogItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A case of `otlp/logs.txt`.
record OtlpLogsCase(String name, OtlpLogsSettings settings, String json, List<String> entries) {
    static final long NOW_SECONDS = 1_795_181_400L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Pattern TIME = Pattern.compile("\"T([+-]\\d+)?\"");
    private static final Pattern ATTRIBUTES = Pattern.compile("@\\{(.*?)}");

    static OtlpLogsCase of(List<String> lines) {
        TenantLimits limits = TenantLimits.DEFAULTS;
        StringBuilder json = new StringBuilder();
        List<String> entries = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "limits" ->
                    limits = LimitsFile.parse("{\"defaults\": {\"logs\": %s}}"
                                    .formatted(words[1])
                                    .getBytes(StandardCharsets.UTF_8))
                            .of(new Tenant("any"));
                case "<" -> json.append(words[1]).append('\n');
                case ">" -> entries.add(words[1]);
                default -> throw new IllegalArgumentException("what is " + line);
            }
        }
        return new OtlpLogsCase(lines.getFirst(), OtlpLogsSettings.of(limits), times(attributes(json)), entries);
    }

    private static String attributes(CharSequence json) {
        return ATTRIBUTES
                .matcher(json)
                .replaceAll(list -> Arrays.stream(list.group(1).split(", "))
                        .map(pair -> pair.split("=", 2))
                        .map(pair -> "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(pair[0], pair[1]))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static String times(String json) {
        return TIME.matcher(json).replaceAll(time -> {
            long offset = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
            return "\"%d\"".formatted((NOW_SECONDS + offset) * NANOS_PER_SECOND);
        });
    }

    /// An entry as these files write it.
    static String text(LogItem item) {
        long seconds = item.timeNanos() / NANOS_PER_SECOND - NOW_SECONDS;
        String time = seconds == 0 ? "T" : "T%+d".formatted(seconds);
        return "%s %s %s %s"
                .formatted(item.stream(), time, item.metadata(), item.line().isEmpty() ? "(empty)" : item.line());
    }

    @Override
    public String toString() {
        return name;
    }
}
