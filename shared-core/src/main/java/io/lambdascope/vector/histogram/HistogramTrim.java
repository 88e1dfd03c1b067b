package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;

/// The trim operators: `histogram </ value` drops observations above the value, `histogram >/ value` those below.
///
/// A bucket that the value cuts keeps the share that the usual interpolation gives it. The sum is estimated
/// anew from the middles of what is kept, unless nothing was dropped.
public final class HistogramTrim {
    private final FloatHistogram histogram;
    private final double at;
    private final boolean dropAbove;
    private double count;
    private double sum;
    private boolean changed;

    private HistogramTrim(FloatHistogram histogram, double at, boolean dropAbove) {
        this.histogram = histogram;
        this.at = at;
        this.dropAbove = dropAbove;
    }

    /// @param dropAbove what is dropped: observations above `at`, else those below
    public static NativeHistogram trim(NativeHistogram input, double at, boolean dropAbove) {
        return new HistogramTrim(FloatHistogram.of(input), at, dropAbove).trim();
    }

    private NativeHistogram trim() {
        Buckets positive = trimBuckets(histogram.positive(), false);
        Buckets negative = trimBuckets(histogram.negative(), true);
        double zero = 0;
        if (histogram.zeroCount() > 0) {
            double lower = HistogramStatistics.zeroLower(histogram, -histogram.zeroThreshold());
            double upper = HistogramStatistics.zeroUpper(histogram, histogram.zeroThreshold());
            zero = keepOfFinite(lower, upper, histogram.zeroCount(), true);
        }
        if (!changed) {
            return histogram.toNative();
        }
        return new FloatHistogram(
                        histogram.schema(),
                        histogram.zeroThreshold(),
                        zero,
                        count,
                        sum,
                        positive,
                        negative,
                        histogram.customValues(),
                        histogram.hint())
                .toNative();
    }

    private Buckets trimBuckets(Buckets buckets, boolean mirrored) {
        double[] counts = new double[buckets.size];
        for (int i = 0; i < buckets.size; i++) {
            int index = buckets.indices[i];
            double lower = mirrored ? -histogram.upper(index) : histogram.lower(index);
            double upper = mirrored ? -histogram.lower(index) : histogram.upper(index);
            if (buckets.counts[i] != 0) {
                counts[i] = Double.isInfinite(lower) || Double.isInfinite(upper)
                        ? keepOfInfinite(lower, upper, buckets.counts[i])
                        : keepOfFinite(lower, upper, buckets.counts[i], histogram.isCustom());
            }
        }
        return new Buckets(buckets.size, buckets.indices, counts);
    }

    private double keepOfFinite(double lower, double upper, double population, boolean linear) {
        double below;
        if (at <= lower) {
            below = 0;
        } else if (at >= upper) {
            below = population;
        } else {
            below = population * HistogramStatistics.shareBelow(at, lower, upper, linear);
        }
        double kept = dropAbove ? below : population - below;
        double from = dropAbove ? lower : Math.max(lower, at);
        double to = dropAbove ? Math.min(upper, at) : upper;
        return keep(kept, population, middle(from, to, linear));
    }

    private static double middle(double from, double to, boolean linear) {
        return linear ? (from + to) / 2 : Math.copySign(Math.sqrt(from * to), from);
    }

    /*
     * The outermost custom buckets have an edge at infinity. The first one is taken to begin at zero if its
     * bound is positive. Otherwise nothing is known of how observations lie in it: it goes if the value trims
     * it from its finite side, and stays, taken to sit at the value or, failing that, at its bound, if from its
     * infinite one.
     */
    private double keepOfInfinite(double lower, double upper, double population) {
        boolean first = lower == Double.NEGATIVE_INFINITY;
        boolean last = upper == Double.POSITIVE_INFINITY;
        if (at == Double.POSITIVE_INFINITY || at == Double.NEGATIVE_INFINITY) {
            boolean everything = dropAbove == (at == Double.POSITIVE_INFINITY);
            double bound = first ? (upper > 0 ? upper / 2 : upper) : lower;
            return keep(everything ? population : 0, population, first && last ? 0 : bound);
        }
        if (first && last) {
            return keep(0, population, 0);
        }
        if (first && upper > 0) {
            if (dropAbove || at >= 0) {
                return keepOfFinite(0, upper, population, true);
            }
            return keep(0, population, 0);
        }
        if (first) {
            return dropAbove ? keep(population, population, Math.min(at, upper)) : keep(0, population, 0);
        }
        return dropAbove ? keep(0, population, 0) : keep(population, population, Math.max(at, lower));
    }

    private double keep(double kept, double population, double middle) {
        changed |= kept != population;
        if (kept != 0) {
            count += kept;
            sum += kept * middle;
        }
        return kept;
    }
}
