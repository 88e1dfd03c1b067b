package io.lambdascope.api.prometheus;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.histogram.HistogramBuckets;
import java.util.ArrayList;
import java.util.List;

/// A bucket of a classic histogram.
///
/// @param upper what is counted is at most this
/// @param count with that of all buckets below
record ClassicBucket(double upper, double count) {
    /// A native histogram with custom bounds as a classic one; without its last bucket, which has no bound.
    static List<ClassicBucket> of(NativeHistogram histogram) {
        List<HistogramBuckets.Bucket> populated = HistogramBuckets.of(histogram);
        List<ClassicBucket> buckets = new ArrayList<>(histogram.customValues().length);
        int next = 0;
        double count = 0;
        for (double bound : histogram.customValues()) {
            while (next < populated.size() && populated.get(next).upper() <= bound) {
                count += populated.get(next++).count();
            }
            buckets.add(new ClassicBucket(bound, count));
        }
        return buckets;
    }
}
