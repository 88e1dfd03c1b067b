package io.lambdascope.model.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One native histogram as a series holds it at one moment. Populations are doubles, as Prometheus evaluates them
/// (prometheus `model/histogram/float_histogram.go`); integer histograms are widened when they are decoded, which is
/// exact up to 2^53 observations in a bucket.
///
/// @param schema resolution: bucket `i` ends at `2^(i·2^-schema)`, -4 to 8; or [#CUSTOM_BUCKETS]
/// @param zeroThreshold half width of the zero bucket
/// @param positiveSpans runs of consecutive buckets as pairs: distance from the end of the run before (for the first:
///     index of its first bucket), length
/// @param positiveBuckets population of each bucket in the runs, absolute
/// @param negativeSpans as `positiveSpans`, for buckets of negative values
/// @param customValues upper bounds of custom buckets, ascending and finite; empty for exponential ones
/// @param resetHint what the sender says of counter resets
public record NativeHistogram(
        int schema,
        double zeroThreshold,
        double zeroCount,
        double count,
        double sum,
        int[] positiveSpans,
        double[] positiveBuckets,
        int[] negativeSpans,
        double[] negativeBuckets,
        double[] customValues,
        ResetHint resetHint) {
    /// The schema that says that bounds are listed in `customValues`.
    public static final int CUSTOM_BUCKETS = -53;

    /// More than there are at the highest resolution between the smallest and the largest double: no honest one has
    /// more.
    public static final int MAX_BUCKETS = 1 << 20;

    private static final NativeHistogram STALE = new NativeHistogram(
            0,
            0,
            0,
            StaleMarker.VALUE,
            StaleMarker.VALUE,
            new int[0],
            new double[0],
            new int[0],
            new double[0],
            new double[0],
            ResetHint.UNKNOWN);

    /// What is known of a counter reset between this sample and the one before; `code` is that of the protocol and of
    /// our formats.
    public enum ResetHint {
        UNKNOWN,
        RESET,
        NOT_RESET,
        GAUGE;

        public int code() {
            return ordinal();
        }

        public static ResetHint ofCode(int code) {
            return code >= 0 && code < values().length ? values()[code] : UNKNOWN;
        }
    }

    /// For how many samples this one counts where samples are counted: what it takes in memory, in samples of 16 bytes,
    /// as Prometheus reckons (prometheus `promql/value.go`, `FloatHistogram.Size`).
    public int weight() {
        int spans = (positiveSpans.length + negativeSpans.length) / 2;
        int bytes = 168 + 8 * (spans + positiveBuckets.length + negativeBuckets.length + customValues.length);
        return (bytes + 8) / 16;
    }

    /// A population that was sent as an unsigned integer.
    public static double population(long unsigned) {
        return unsigned >= 0 ? unsigned : (unsigned >>> 1) * 2.0 + (unsigned & 1);
    }

    /// What marks the end of a series of histograms.
    public static NativeHistogram stale() {
        return STALE;
    }

    /// Whether this marks the end of the series rather than a population.
    public boolean isStale() {
        return StaleMarker.isStale(sum);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NativeHistogram that
                && schema == that.schema
                && sameBits(zeroThreshold, that.zeroThreshold)
                && sameBits(zeroCount, that.zeroCount)
                && sameBits(count, that.count)
                && sameBits(sum, that.sum)
                && Arrays.equals(positiveSpans, that.positiveSpans)
                && Arrays.equals(positiveBuckets, that.positiveBuckets)
                && Arrays.equals(negativeSpans, that.negativeSpans)
                && Arrays.equals(negativeBuckets, that.negativeBuckets)
                && Arrays.equals(customValues, that.customValues)
                && resetHint == that.resetHint;
    }

    private static boolean sameBits(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * schema + Double.hashCode(count)) + Double.hashCode(sum);
    }
}
