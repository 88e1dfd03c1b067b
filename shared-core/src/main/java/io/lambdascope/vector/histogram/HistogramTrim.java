package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;

/// The trim operators: `histogram </ value` drops observations above the value, `histogram >/ value` those below
/// (prometheus `promql/engine.go`, trimHistogram).
public final class HistogramTrim {
    private final FloatHistogram histogram;
    private final double at;
    private final boolean dropAbove;
    private double kept;
    private double removedSum;
    private boolean anyPositive;
    private boolean anyNegative;

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
        double zero = histogram.zeroCount();
        if (zero > 0) {
            zero = keepOfZero(zero);
            kept += zero;
        }
        double sum = 0;
        if (kept != 0) {
            sum = histogram.sum() - removedSum;
            if (!anyNegative && sum < 0 || !anyPositive && sum > 0) {
                sum = 0;
            }
        }
        return new FloatHistogram(
                        histogram.schema(),
                        histogram.zeroThreshold(),
                        zero,
                        kept,
                        sum,
                        positive,
                        negative,
                        histogram.customValues(),
                        histogram.hint())
                .toNative();
    }

    private double keepOfZero(double count) {
        double below = splitBelow(-histogram.zeroThreshold(), histogram.zeroThreshold(), count, true);
        return dropAbove ? below : count - below;
    }

    private Buckets trimBuckets(Buckets buckets, boolean mirrored) {
        double[] counts = new double[buckets.size];
        for (int i = 0; i < buckets.size; i++) {
            double count = buckets.counts[i];
            if (count == 0) {
                continue;
            }
            int index = buckets.indices[i];
            double lower = mirrored ? -histogram.upper(index) : histogram.lower(index);
            double upper = mirrored ? -histogram.lower(index) : histogram.upper(index);
            noteSigns(lower, upper, mirrored);
            counts[i] = keep(lower, upper, count, mirrored);
            kept += counts[i];
        }
        return new Buckets(buckets.size, buckets.indices, counts);
    }

    private void noteSigns(double lower, double upper, boolean mirrored) {
        if (mirrored) {
            anyNegative = true;
        } else if (histogram.isCustom()) {
            anyNegative |= upper <= 0 || lower < 0;
            anyPositive |= upper > 0;
        } else {
            anyPositive = true;
        }
    }

    /// How much of a bucket stays; what goes is counted out of the sum at the middle of the part that goes.
    private double keep(double lower, double upper, double count, boolean mirrored) {
        if (dropAbove ? upper <= at : lower >= at) {
            return count;
        }
        boolean cut = dropAbove ? lower < at : upper > at;
        boolean infinite = Double.isInfinite(lower) || Double.isInfinite(upper);
        double keep;
        double middle;
        if (infinite) {
            keep = keepOfInfinite(lower, upper, count);
            middle = middleOfInfinite(lower, upper);
        } else {
            double below = splitBelow(lower, upper, count, histogram.isCustom());
            keep = dropAbove ? below : count - below;
            middle = histogram.isCustom()
                    ? (lower + upper) / 2
                    : Math.copySign(Math.sqrt(Math.abs(at) * Math.abs(dropAbove ? lower : upper)), mirrored ? -1 : 1);
        }
        if (!cut) {
            keep = 0;
            middle = histogram.isCustom() ? middle : Math.sqrt(lower * upper);
        }
        removedSum += (count - keep) * middle;
        return keep;
    }

    /// A custom bucket from -Inf to a positive bound is taken to begin at zero; of other infinite ones nothing
    /// can be said and all goes.
    private double keepOfInfinite(double lower, double upper, double count) {
        if (lower == Double.NEGATIVE_INFINITY && at >= 0 && upper > at && !Double.isInfinite(upper)) {
            return dropAbove ? count * at / upper : count * (1 - at / upper);
        }
        return 0;
    }

    private double middleOfInfinite(double lower, double upper) {
        if (lower != Double.NEGATIVE_INFINITY) {
            return lower;
        }
        if (at >= 0 && upper > at && !Double.isInfinite(upper)) {
            return dropAbove ? (at + upper) / 2 : at / 2;
        }
        return upper;
    }

    private double splitBelow(double lower, double upper, double count, boolean linear) {
        if (at <= lower) {
            return 0;
        }
        return at >= upper ? count : count * HistogramStatistics.shareBelow(at, lower, upper, linear);
    }
}
