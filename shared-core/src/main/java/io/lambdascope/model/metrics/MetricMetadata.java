package io.lambdascope.model.metrics;

/// What a metric family says of itself.
///
/// @param family metric family name, as in `http_request_duration_seconds`
/// @param unit as OpenMetrics names it, may be empty
public record MetricMetadata(String family, Type type, String help, String unit) {
    /// The type of a family; `code` is that of remote write 1.0 and of our formats.
    public enum Type {
        UNKNOWN("unknown"),
        COUNTER("counter"),
        GAUGE("gauge"),
        HISTOGRAM("histogram"),
        GAUGE_HISTOGRAM("gaugehistogram"),
        SUMMARY("summary"),
        INFO("info"),
        STATE_SET("stateset");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /// As the HTTP API writes it.
        public String text() {
            return text;
        }

        public int code() {
            return ordinal();
        }

        public static Type ofCode(int code) {
            return code >= 0 && code < values().length ? values()[code] : UNKNOWN;
        }
    }
}
