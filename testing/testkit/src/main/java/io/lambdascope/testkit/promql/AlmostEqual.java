package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.Arrays;
import java.util.TreeMap;

/// How close a value must come to what a script expects (prometheus `util/almost/almost.go`).
public final class AlmostEqual {
    private static final double EPSILON = 1e-6;

    private AlmostEqual() {}

    public static boolean floats(double a, double b) {
        if (StaleMarker.isStale(a) || StaleMarker.isStale(b)) {
            return StaleMarker.isStale(a) && StaleMarker.isStale(b);
        }
        if (Double.isNaN(a) && Double.isNaN(b) || a == b) {
            return true;
        }
        double magnitude = Math.abs(a) + Math.abs(b);
        double distance = Math.abs(a - b);
        if (a == 0 || b == 0 || magnitude < Double.MIN_NORMAL) {
            return distance < EPSILON * Double.MIN_NORMAL;
        }
        return distance / Math.min(magnitude, Double.MAX_VALUE) < EPSILON;
    }

    /// Compares everything but the counter reset hints; how the buckets are cut into spans does not count.
    static boolean histograms(NativeHistogram a, NativeHistogram b) {
        return a.schema() == b.schema()
                && floats(a.count(), b.count())
                && floats(a.sum(), b.sum())
                && floats(a.zeroCount(), b.zeroCount())
                && a.zeroThreshold() == b.zeroThreshold()
                && Arrays.equals(a.customValues(), b.customValues())
                && buckets(BucketMap.positive(a), BucketMap.positive(b))
                && buckets(BucketMap.negative(a), BucketMap.negative(b));
    }

    private static boolean buckets(TreeMap<Integer, Double> a, TreeMap<Integer, Double> b) {
        TreeMap<Integer, Double> left = BucketMap.compact(a);
        TreeMap<Integer, Double> right = BucketMap.compact(b);
        return left.keySet().equals(right.keySet())
                && left.entrySet().stream()
                        .allMatch(bucket -> floats(bucket.getValue(), right.getOrDefault(bucket.getKey(), Double.NaN)));
    }
}
