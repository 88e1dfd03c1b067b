package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import java.util.ArrayList;
import java.util.List;

/// The populated buckets of a native histogram with their bounds, as an API lists them.
public final class HistogramBuckets {
    /// @param lowerInside whether `lower` itself belongs to the bucket
    /// @param upperInside whether `upper` itself belongs to the bucket
    public record Bucket(double lower, double upper, boolean lowerInside, boolean upperInside, double count) {}

    private HistogramBuckets() {}

    /// From the lowest to the highest, the zero bucket among them.
    public static List<Bucket> of(NativeHistogram histogram) {
        BucketRun run = BucketRun.of(FloatHistogram.of(histogram));
        List<Bucket> buckets = new ArrayList<>(run.size);
        for (int i = 0; i < run.size; i++) {
            boolean zero = run.isZero(i);
            buckets.add(new Bucket(
                    run.lower[i], run.upper[i], zero || run.lower[i] < 0, zero || run.upper[i] > 0, run.counts[i]));
        }
        return buckets;
    }
}
