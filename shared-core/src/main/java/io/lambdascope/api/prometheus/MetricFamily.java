package io.lambdascope.api.prometheus;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.result.PromResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Samples of one name and kind, as they stand together in an exposition. A name whose samples are of several kinds has
/// a family for each: not quite allowed, but read by Prometheus, and the only way to say it.
///
/// @param samples in the order of their labels
record MetricFamily(String name, Kind kind, List<PromResult.Sample> samples) {
    /// In the order of families that share a name.
    enum Kind {
        /// Floats: what they measure is not known here.
        UNTYPED,
        /// Native histograms with custom bounds, which are exposed as classic ones.
        CLASSIC_HISTOGRAM,
        HISTOGRAM,
        GAUGE_HISTOGRAM
    }

    private record Key(String name, Kind kind) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = name.compareTo(other.name);
            return order != 0 ? order : kind.compareTo(other.kind);
        }
    }

    /// The families of `samples`, by name. What has no name cannot be exposed and is left out.
    static List<MetricFamily> of(List<PromResult.Sample> samples) {
        Map<Key, List<PromResult.Sample>> byKey = new TreeMap<>();
        for (PromResult.Sample sample : samples) {
            String name = sample.labels().metricName();
            if (!name.isEmpty()) {
                byKey.computeIfAbsent(new Key(name, kindOf(sample)), _ -> new ArrayList<>())
                        .add(sample);
            }
        }
        List<MetricFamily> families = new ArrayList<>(byKey.size());
        byKey.forEach((key, its) -> families.add(new MetricFamily(key.name, key.kind, its)));
        return families;
    }

    private static Kind kindOf(PromResult.Sample sample) {
        NativeHistogram histogram = sample.histogram();
        if (histogram == null) {
            return Kind.UNTYPED;
        }
        if (histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            return Kind.CLASSIC_HISTOGRAM;
        }
        return histogram.resetHint() == ResetHint.GAUGE ? Kind.GAUGE_HISTOGRAM : Kind.HISTOGRAM;
    }
}
