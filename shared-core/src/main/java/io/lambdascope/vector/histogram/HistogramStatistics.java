package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.CompensatedSum;
import io.lambdascope.vector.FloatMath;

/// Numbers estimated from a native histogram (prometheus `promql/quantile.go`).
public final class HistogramStatistics {
    private HistogramStatistics() {}

    /// The `q`-quantile. Within an exponential bucket values are taken to be spread evenly on a logarithmic scale,
    /// within the zero bucket and custom ones on a linear scale.
    public static double quantile(
            double q, NativeHistogram input, String metricName, Annotations annotations, SourceRange at) {
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        FloatHistogram histogram = FloatHistogram.of(input);
        if (histogram.count() == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        BucketRun run = BucketRun.of(histogram);
        boolean nanSum = Double.isNaN(histogram.sum());
        // from the nearer end, since fewer additions round less; NaN observations count as the largest of all
        boolean upwards = nanSum || q < 0.5;
        double rank = upwards ? q * histogram.count() : (1 - q) * histogram.count();
        double passed = 0;
        int bucket = -1;
        for (int i = 0; i < run.size; i++) {
            bucket = upwards ? i : run.size - 1 - i;
            passed += run.counts[bucket];
            if (passed >= rank) {
                break;
            }
        }
        if (bucket < 0) {
            annotations.quantileNanResult(metricName, at);
            return Double.NaN;
        }
        double lower = run.lower[bucket];
        double upper = run.upper[bucket];
        if (histogram.isCustom()) {
            if (lower == Double.NEGATIVE_INFINITY) {
                if (upper <= 0) {
                    return upper;
                }
                lower = 0;
            } else if (upper == Double.POSITIVE_INFINITY) {
                return lower;
            }
        } else if (run.isZero(bucket)) {
            lower = zeroLower(histogram, lower);
            upper = zeroUpper(histogram, upper);
        }
        passed = Math.min(passed, histogram.count());
        if (passed < rank) {
            if (nanSum) {
                annotations.quantileNanResult(metricName, at);
                return Double.NaN;
            }
            return upper;
        }
        if (nanSum && run.total() < histogram.count()) {
            annotations.quantileNanSkew(metricName, at);
        }
        double within = upwards ? rank - (passed - run.counts[bucket]) : passed - rank;
        double fraction = within / run.counts[bucket];
        if (histogram.isCustom() || lower <= 0 && upper >= 0) {
            return lower + (upper - lower) * fraction;
        }
        double logLower = FloatMath.log2(Math.abs(lower));
        double logUpper = FloatMath.log2(Math.abs(upper));
        if (lower > 0) {
            return Math.pow(2, logLower + (logUpper - logLower) * fraction);
        }
        return -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }

    /// The share of observations between `from` and `to`. NaN observations are in no such share.
    public static double fraction(
            double from, double to, NativeHistogram input, String metricName, Annotations annotations, SourceRange at) {
        FloatHistogram histogram = FloatHistogram.of(input);
        if (histogram.count() == 0 || Double.isNaN(from) || Double.isNaN(to)) {
            return Double.NaN;
        }
        BucketRun run = BucketRun.of(histogram);
        double total = run.total();
        if (Double.isNaN(histogram.sum()) && total < histogram.count()) {
            annotations.fractionNans(metricName, at);
        }
        if (from >= to) {
            return 0;
        }
        double limit = Double.isNaN(histogram.sum()) ? total : histogram.count();
        return (rankOf(to, run, histogram, limit) - rankOf(from, run, histogram, limit)) / histogram.count();
    }

    /// How many observations are below `value`, at most `limit`.
    private static double rankOf(double value, BucketRun run, FloatHistogram histogram, double limit) {
        double rank = 0;
        for (int i = 0; i < run.size; i++) {
            double lower = run.lower[i];
            double upper = run.upper[i];
            boolean linear = histogram.isCustom();
            if (run.isZero(i)) {
                lower = zeroLower(histogram, lower);
                upper = zeroUpper(histogram, upper);
                linear = true;
            } else if (linear && lower == Double.NEGATIVE_INFINITY && upper > 0) {
                lower = 0;
            }
            if (lower >= value) {
                return Math.min(rank, limit);
            }
            if (upper > value) {
                return Math.min(rank + run.counts[i] * shareBelow(value, lower, upper, linear), limit);
            }
            rank += run.counts[i];
        }
        return limit;
    }

    /// Which share of a bucket is below `value`, which lies inside.
    static double shareBelow(double value, double lower, double upper, boolean linear) {
        if (linear) {
            if (upper == Double.POSITIVE_INFINITY) {
                return 0;
            }
            return lower == Double.NEGATIVE_INFINITY ? 1 : (value - lower) / (upper - lower);
        }
        double logLower = FloatMath.log2(Math.abs(lower));
        double logUpper = FloatMath.log2(Math.abs(upper));
        double logValue = FloatMath.log2(Math.abs(value));
        return value > 0
                ? (logValue - logLower) / (logUpper - logLower)
                : 1 - (logValue - logUpper) / (logLower - logUpper);
    }

    static double zeroLower(FloatHistogram histogram, double lower) {
        return histogram.negative().isEmpty() && !histogram.positive().isEmpty() ? 0 : lower;
    }

    static double zeroUpper(FloatHistogram histogram, double upper) {
        return histogram.positive().isEmpty() && !histogram.negative().isEmpty() ? 0 : upper;
    }

    /// The variance, each bucket taken to sit at its middle: the geometric one of exponential buckets, zero for the
    /// zero bucket, the arithmetic one of custom buckets.
    public static double variance(NativeHistogram input) {
        FloatHistogram histogram = FloatHistogram.of(input);
        double mean = histogram.sum() / histogram.count();
        BucketRun run = BucketRun.of(histogram);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < run.size; i++) {
            double middle;
            if (histogram.isCustom()) {
                middle = (run.upper[i] + run.lower[i]) / 2;
            } else if (run.lower[i] <= 0 && run.upper[i] >= 0) {
                middle = 0;
            } else {
                middle = Math.copySign(Math.sqrt(run.upper[i] * run.lower[i]), run.upper[i]);
            }
            double delta = middle - mean;
            sum.add(run.counts[i] * delta * delta);
        }
        return sum.total() / histogram.count();
    }
}
