package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import java.util.Arrays;
import java.util.TreeMap;

/// The arithmetic behind `{{A}}+{{B}}xN`. Written apart from the engine's own, which the scripts are there to test.
final class HistogramExpansion {
    private HistogramExpansion() {}

    /// `a + sign·b` in the resolution of `a`.
    ///
    /// @throws ScriptException if the two cannot be combined step by step
    static NativeHistogram combine(NativeHistogram a, NativeHistogram b, int sign) {
        if (a.schema() > b.schema() || a.schema() == NativeHistogram.CUSTOM_BUCKETS != (b.schema() == -53)) {
            throw new ScriptException(
                    "cannot expand from schema %d by histograms of schema %d".formatted(a.schema(), b.schema()));
        }
        if (!Arrays.equals(a.customValues(), b.customValues())) {
            throw new ScriptException("cannot expand by a histogram with other custom_values");
        }
        if (a.zeroThreshold() != b.zeroThreshold() && (b.zeroCount() != 0 || a.zeroThreshold() < b.zeroThreshold())) {
            throw new ScriptException("cannot expand by a histogram with another zero bucket: z_bucket_w %s and %s"
                    .formatted(a.zeroThreshold(), b.zeroThreshold()));
        }
        int levels = b.schema() - a.schema();
        TreeMap<Integer, Double> positive = sum(BucketMap.positive(a), BucketMap.positive(b), levels, sign);
        TreeMap<Integer, Double> negative = sum(BucketMap.negative(a), BucketMap.negative(b), levels, sign);
        return new NativeHistogram(
                a.schema(),
                a.zeroThreshold(),
                a.zeroCount() + sign * b.zeroCount(),
                a.count() + sign * b.count(),
                a.sum() + sign * b.sum(),
                BucketMap.spans(positive),
                BucketMap.buckets(positive),
                BucketMap.spans(negative),
                BucketMap.buckets(negative),
                a.customValues(),
                combinedHint(a.resetHint(), b.resetHint()));
    }

    private static TreeMap<Integer, Double> sum(
            TreeMap<Integer, Double> a, TreeMap<Integer, Double> b, int levels, int sign) {
        TreeMap<Integer, Double> total = new TreeMap<>(a);
        TreeMap<Integer, Double> added = levels == 0 ? b : BucketMap.coarser(b, levels);
        added.forEach((index, population) -> total.merge(index, sign * population, Double::sum));
        return total;
    }

    private static ResetHint combinedHint(ResetHint a, ResetHint b) {
        if (a == b || a == ResetHint.GAUGE) {
            return a;
        }
        return b == ResetHint.GAUGE ? ResetHint.GAUGE : ResetHint.UNKNOWN;
    }
}
