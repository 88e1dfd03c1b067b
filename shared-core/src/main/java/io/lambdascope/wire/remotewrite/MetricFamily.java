package io.lambdascope.wire.remotewrite;

import io.lambdascope.model.metrics.MetricMetadata;
import java.util.List;

/// Remote write 2.0 sends metadata with every series, under the series' name; what is asked for and stored is metadata
/// of families, as 1.0 sends it. So the name goes without the suffix that its type gives it.
final class MetricFamily {
    private static final List<String> HISTOGRAM = List.of("_bucket", "_count", "_sum");
    private static final List<String> GAUGE_HISTOGRAM = List.of("_bucket", "_gcount", "_gsum");
    private static final List<String> SUMMARY = List.of("_count", "_sum");

    private MetricFamily() {}

    static String of(String metricName, MetricMetadata.Type type) {
        return switch (type) {
            case HISTOGRAM -> without(HISTOGRAM, metricName);
            case GAUGE_HISTOGRAM -> without(GAUGE_HISTOGRAM, metricName);
            case SUMMARY -> without(SUMMARY, metricName);
            case UNKNOWN, COUNTER, GAUGE, INFO, STATE_SET -> metricName;
        };
    }

    private static String without(List<String> suffixes, String name) {
        for (String suffix : suffixes) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
