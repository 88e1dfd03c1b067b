package io.lambdascope.vector.histogram;

/// All populated buckets of a histogram from the lowest to the highest, the zero bucket among them.
final class BucketRun {
    final int size;
    final double[] lower;
    final double[] upper;
    final double[] counts;
    private final int zeroAt;

    private BucketRun(int size, double[] lower, double[] upper, double[] counts, int zeroAt) {
        this.size = size;
        this.lower = lower;
        this.upper = upper;
        this.counts = counts;
        this.zeroAt = zeroAt;
    }

    static BucketRun of(FloatHistogram histogram) {
        Buckets negative = histogram.negative();
        Buckets positive = histogram.positive();
        int capacity = negative.size + positive.size + 1;
        double[] lower = new double[capacity];
        double[] upper = new double[capacity];
        double[] counts = new double[capacity];
        int n = 0;
        for (int i = negative.size - 1; i >= 0; i--) {
            if (negative.counts[i] != 0) {
                lower[n] = -histogram.upper(negative.indices[i]);
                upper[n] = -histogram.lower(negative.indices[i]);
                counts[n++] = negative.counts[i];
            }
        }
        int zeroAt = -1;
        if (histogram.zeroCount() > 0) {
            zeroAt = n;
            lower[n] = -histogram.zeroThreshold();
            upper[n] = histogram.zeroThreshold();
            counts[n++] = histogram.zeroCount();
        }
        for (int i = 0; i < positive.size; i++) {
            if (positive.counts[i] != 0) {
                lower[n] = histogram.lower(positive.indices[i]);
                upper[n] = histogram.upper(positive.indices[i]);
                counts[n++] = positive.counts[i];
            }
        }
        return new BucketRun(n, lower, upper, counts, zeroAt);
    }

    boolean isZero(int i) {
        return i == zeroAt;
    }

    double total() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }
}
