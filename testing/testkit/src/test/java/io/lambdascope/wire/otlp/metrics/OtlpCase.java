package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.limits.OtlpSettings.TranslationStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One case of `resources/otlp`: settings, an OTLP request in JSON, and the series it becomes. The format is described
/// at the top of the files.
record OtlpCase(String name, OtlpSettings settings, String request, boolean showMetadata, List<String> expected) {
    /// What `T` means.
    static final long BASE_SECONDS = 1_700_000_000L;

    private static final Pattern TIME = Pattern.compile("\"T\\+(\\d+)(\\.\\d+)?\"");

    static List<OtlpCase> load(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(OtlpCase.class.getResourceAsStream("/otlp/" + file))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^case "))
                    .skip(1)
                    .map(OtlpCase::parse)
                    .toList();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static OtlpCase parse(String text) {
        List<String> lines = logicalLines(text);
        int arrow = lines.indexOf("->");
        if (arrow < 0) {
            throw new IllegalArgumentException("no arrow in case " + lines.getFirst());
        }
        Map<String, String> settings = new TreeMap<>();
        Request request = new Request();
        boolean showMetadata = false;
        for (String line : lines.subList(1, arrow)) {
            String[] parts = line.split(" ", 2);
            switch (parts[0]) {
                case "set" -> {
                    String[] pair = parts[1].split(" ", 2);
                    settings.put(pair[0], pair[1]);
                }
                case "resource" -> request.resource(parts[1]);
                case "scope" -> request.scope(parts[1]);
                case "metric" -> request.metric(parts[1]);
                case "request" -> request.raw = parts[1];
                case "show" -> showMetadata = true;
                default -> throw new IllegalArgumentException("what is \"%s\"?".formatted(line));
            }
        }
        return new OtlpCase(
                lines.getFirst(),
                settings(settings),
                times(request.text()),
                showMetadata,
                lines.subList(arrow + 1, lines.size()));
    }

    /// Without comments; a line that begins with white space belongs to the one before.
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                lines.set(lines.size() - 1, lines.getLast() + line.strip());
            } else {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static String times(String json) {
        return TIME.matcher(json).replaceAll(match -> {
            String fraction = match.group(2) == null ? "" : match.group(2).substring(1);
            return "\"%d%s\""
                    .formatted(
                            BASE_SECONDS + Long.parseLong(match.group(1)), (fraction + "0".repeat(9)).substring(0, 9));
        });
    }

    private static OtlpSettings settings(Map<String, String> values) {
        OtlpSettings settings = new OtlpSettings(
                Arrays.stream(TranslationStrategy.values())
                        .filter(strategy -> strategy.text()
                                .equals(take(values, "translation_strategy", "UnderscoreEscapingWithSuffixes")))
                        .findFirst()
                        .orElseThrow(),
                set(take(values, "promote_resource_attributes", "")),
                Boolean.parseBoolean(take(values, "promote_all_resource_attributes", "false")),
                set(take(values, "ignore_resource_attributes", "")),
                Boolean.parseBoolean(take(values, "keep_identifying_resource_attributes", "false")),
                Boolean.parseBoolean(take(values, "promote_scope_metadata", "false")),
                Boolean.parseBoolean(take(values, "convert_histograms_to_nhcb", "false")),
                Boolean.parseBoolean(take(values, "native_delta_ingestion", "true")));
        return settings;
    }

    private static String take(Map<String, String> values, String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    private static Set<String> set(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.split(","));
    }

    /// Puts the parts of a request together.
    private static final class Request {
        String raw = "";
        private final List<List<String>> resources = new ArrayList<>();
        private final List<String> heads = new ArrayList<>();
        private String scope = "{}";

        void resource(String attributes) {
            String json = attributes.startsWith("[")
                    ? attributes
                    : Arrays.stream(attributes.split(", "))
                            .map(pair -> pair.split("=", 2))
                            .map(pair ->
                                    "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(pair[0], pair[1]))
                            .collect(Collectors.joining(",", "[", "]"));
            heads.add("{\"attributes\":%s}".formatted(json));
            resources.add(new ArrayList<>());
            scope = "{}";
        }

        void scope(String json) {
            scope = json;
        }

        void metric(String json) {
            if (resources.isEmpty()) {
                heads.add("{}");
                resources.add(new ArrayList<>());
            }
            Matcher url = Pattern.compile(",\"schemaUrl\":\"[^\"]*\"").matcher(scope);
            String schema = url.find() ? url.group() : "";
            resources.getLast().add("{\"scope\":%s,\"metrics\":[%s]%s}".formatted(url.replaceFirst(""), json, schema));
        }

        String text() {
            if (!raw.isEmpty()) {
                return raw;
            }
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < heads.size(); i++) {
                parts.add("{\"resource\":%s,\"scopeMetrics\":[%s]}"
                        .formatted(heads.get(i), String.join(",", resources.get(i))));
            }
            return "{\"resourceMetrics\":[%s]}".formatted(String.join(",", parts));
        }
    }
}
