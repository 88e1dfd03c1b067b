package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import java.util.Map;
import java.util.TreeMap;

/// The buckets of one sign of a histogram by index: what scripts compare and add, since two ways to cut the same
/// buckets into spans mean the same.
final class BucketMap {
    private BucketMap() {}

    static TreeMap<Integer, Double> positive(NativeHistogram histogram) {
        return of(histogram.positiveSpans(), histogram.positiveBuckets());
    }

    static TreeMap<Integer, Double> negative(NativeHistogram histogram) {
        return of(histogram.negativeSpans(), histogram.negativeBuckets());
    }

    private static TreeMap<Integer, Double> of(int[] spans, double[] buckets) {
        TreeMap<Integer, Double> populations = new TreeMap<>();
        int index = 0;
        int bucket = 0;
        for (int i = 0; i < spans.length; i += 2) {
            index += spans[i];
            for (int n = 0; n < spans[i + 1]; n++) {
                populations.put(index++, buckets[bucket++]);
            }
        }
        return populations;
    }

    /// The same populations in the wider buckets of a schema that is `levels` lower: two neighbours become one per
    /// level.
    static TreeMap<Integer, Double> coarser(TreeMap<Integer, Double> fine, int levels) {
        TreeMap<Integer, Double> coarse = new TreeMap<>();
        fine.forEach((index, population) -> coarse.merge(((index - 1) >> levels) + 1, population, Double::sum));
        return coarse;
    }

    static int[] spans(TreeMap<Integer, Double> populations) {
        int[] pairs = new int[2 * populations.size()];
        int n = 0;
        int next = 0;
        for (int index : populations.keySet()) {
            if (n > 0 && index == next) {
                pairs[n - 1]++;
            } else {
                pairs[n++] = index - next;
                pairs[n++] = 1;
            }
            next = index + 1;
        }
        return java.util.Arrays.copyOf(pairs, n);
    }

    static double[] buckets(TreeMap<Integer, Double> populations) {
        return populations.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Drops empty buckets.
    static TreeMap<Integer, Double> compact(TreeMap<Integer, Double> populations) {
        TreeMap<Integer, Double> compacted = new TreeMap<>();
        for (Map.Entry<Integer, Double> bucket : populations.entrySet()) {
            if (bucket.getValue() != 0) {
                compacted.put(bucket.getKey(), bucket.getValue());
            }
        }
        return compacted;
    }
}
