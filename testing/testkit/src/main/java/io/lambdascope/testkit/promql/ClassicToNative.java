package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.testkit.promql.ScriptStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes native histograms with custom buckets of classic ones, for `load_with_nhcb`.
final class ClassicToNative {
    private static final String LE = "le";

    private ClassicToNative() {}

    /// One classic histogram at one moment.
    private static final class Classic {
        private final TreeMap<Double, Double> cumulative = new TreeMap<>();
        private @Nullable Double count;
        private double sum;
    }

    static SortedMap<Labels, List<Stored>> histogramsOf(SortedMap<Labels, List<Stored>> series) {
        SortedMap<Labels, TreeMap<Long, Classic>> collected = new TreeMap<>();
        series.forEach((labels, samples) -> collect(collected, labels, samples));
        SortedMap<Labels, List<Stored>> histograms = new TreeMap<>();
        collected.forEach((labels, moments) -> {
            List<Stored> samples = new ArrayList<>();
            moments.forEach((timestamp, classic) -> {
                NativeHistogram histogram = convert(labels, classic);
                samples.add(new Stored(timestamp, histogram.sum(), histogram, 0));
            });
            histograms.put(labels, samples);
        });
        return histograms;
    }

    private static void collect(SortedMap<Labels, TreeMap<Long, Classic>> into, Labels labels, List<Stored> samples) {
        String name = labels.metricName();
        boolean bucket = name.endsWith("_bucket") && labels.has(LE);
        if (!bucket && !name.endsWith("_count") && !name.endsWith("_sum")) {
            return;
        }
        double bound = bucket ? boundOf(labels.get(LE)) : 0;
        if (Double.isNaN(bound)) {
            return;
        }
        Labels base = labels.without(LE).with(Labels.NAME, name.substring(0, name.lastIndexOf('_')));
        for (Stored sample : samples) {
            if (sample.histogram() != null) {
                continue;
            }
            Classic classic = into.computeIfAbsent(base, _ -> new TreeMap<>())
                    .computeIfAbsent(sample.timestampMillis(), _ -> new Classic());
            if (bucket) {
                classic.cumulative.putIfAbsent(bound, sample.value());
            } else if (name.endsWith("_count")) {
                classic.count = sample.value();
            } else {
                classic.sum = sample.value();
            }
        }
    }

    /// NaN if `text` is no bound.
    private static double boundOf(String text) {
        try {
            return ScriptNumber.parse(text);
        } catch (ScriptException e) {
            return Double.NaN;
        }
    }

    private static NativeHistogram convert(Labels labels, Classic classic) {
        TreeMap<Double, Double> cumulative = classic.cumulative;
        Double overflow = cumulative.get(Double.POSITIVE_INFINITY);
        double highest = cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
        double count = classic.count != null ? classic.count : highest;
        if (overflow == null) {
            cumulative.put(Double.POSITIVE_INFINITY, count);
        } else if (overflow != count) {
            throw new ScriptException("%s counts %s, its +Inf bucket %s".formatted(labels, count, overflow));
        }
        double[] bounds = new double[cumulative.size() - 1];
        double[] buckets = new double[cumulative.size()];
        double before = 0;
        int n = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            if (!(bucket.getValue() >= before)) {
                throw new ScriptException("the buckets of %s are not cumulative: %s after %s"
                        .formatted(labels, bucket.getValue(), before));
            }
            if (n < bounds.length) {
                bounds[n] = bucket.getKey();
            }
            buckets[n++] = bucket.getValue() - before;
            before = bucket.getValue();
        }
        return new NativeHistogram(
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                count,
                classic.sum,
                new int[] {0, buckets.length},
                buckets,
                new int[0],
                new double[0],
                bounds,
                ResetHint.UNKNOWN);
    }
}
