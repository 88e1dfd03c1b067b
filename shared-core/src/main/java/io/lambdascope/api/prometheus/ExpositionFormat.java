package io.lambdascope.api.prometheus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// In which form metrics are exposed (prometheus/common `expfmt.Negotiate`).
///
/// @param names what is done with names that are no plain identifiers
record ExpositionFormat(Kind kind, ExposedNames names) {
    /// The forms that we write. OpenMetrics is none of them, as Prometheus does not federate in it: its counters must
    /// be
    /// known to be counters.
    enum Kind {
        TEXT("text/plain; version=0.0.4; charset=utf-8"),
        PROTOBUF("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

        private final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }
    }

    /// One entry of an `Accept` header.
    private record Accepted(String type, Map<String, String> parameters, double quality) {
        static Accepted parse(String entry) {
            String[] parts = entry.split(";");
            Map<String, String> parameters = new HashMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("=", 2);
                parameters.put(
                        pair[0].strip().toLowerCase(Locale.ROOT), pair.length < 2 ? "" : unquoted(pair[1].strip()));
            }
            return new Accepted(
                    parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality(parameters.getOrDefault("q", "1")));
        }

        private static String unquoted(String text) {
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            return quoted ? text.substring(1, text.length() - 1) : text;
        }

        private static double quality(String text) {
            return text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 1;
        }

        @Nullable
        Kind kind() {
            boolean families = type.equals("application/vnd.google.protobuf")
                    && "io.prometheus.client.MetricFamily".equals(parameters.get("proto"));
            if (families && "delimited".equals(parameters.get("encoding"))) {
                return Kind.PROTOBUF;
            }
            String version = parameters.getOrDefault("version", "0.0.4");
            return type.equals("text/plain") && version.equals("0.0.4") ? Kind.TEXT : null;
        }
    }

    /// The form that `accept` likes best, text if it likes none of them.
    ///
    /// @param accept the header, or null
    static ExpositionFormat accepted(@Nullable String accept) {
        List<Accepted> entries = new ArrayList<>();
        for (String entry : (accept == null ? "" : accept).split(",")) {
            Accepted accepted = Accepted.parse(entry);
            if (accepted.quality > 0) {
                entries.add(accepted);
            }
        }
        entries.sort(Comparator.comparingDouble(entry -> -entry.quality));
        ExposedNames names = ExposedNames.UNDERSCORES;
        for (Accepted entry : entries) {
            names = ExposedNames.of(entry.parameters.get("escaping"), names);
            Kind kind = entry.kind();
            if (kind != null) {
                return new ExpositionFormat(kind, names);
            }
        }
        return new ExpositionFormat(Kind.TEXT, names);
    }

    String contentType() {
        return kind.contentType + "; escaping=" + names.text();
    }
}
