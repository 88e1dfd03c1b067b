package io.lambdascope.vector;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One series evaluated at every step of a grid: what expressions over instant vectors take and give.
///
/// A step holds a float, a native histogram or nothing. "Nothing" is written as the bits of the stale marker, which
/// are never a legal value of an expression.
///
/// @param dropName the metric name is to be removed at the very end (delayed name removal)
/// @param values one per step; [#ABSENT] where there is a histogram or nothing
/// @param histograms null if no step holds one, else null where there is none
public record StepSeries(
        Labels labels,
        boolean dropName,
        double[] values,
        @Nullable NativeHistogram @Nullable [] histograms) {
    /// Says that a step holds no float.
    public static final double ABSENT = StaleMarker.VALUE;

    /// Whether a step with this value holds no float.
    public static boolean isAbsent(double value) {
        return Double.doubleToRawLongBits(value) == StaleMarker.BITS;
    }

    /// An array of `steps` floats that says "nothing" everywhere.
    public static double[] nothing(int steps) {
        double[] values = new double[steps];
        Arrays.fill(values, ABSENT);
        return values;
    }

    /// Floats only.
    public static StepSeries ofFloats(Labels labels, boolean dropName, double[] values) {
        return new StepSeries(labels, dropName, values, null);
    }

    public int steps() {
        return values.length;
    }

    public boolean hasFloat(int step) {
        return !isAbsent(values[step]);
    }

    /// The histogram at `step`, or null.
    public @Nullable NativeHistogram histogram(int step) {
        return histograms == null ? null : histograms[step];
    }

    /// Whether there is a float or a histogram at `step`.
    public boolean has(int step) {
        return hasFloat(step) || histogram(step) != null;
    }

    /// Whether no step holds anything.
    public boolean isEmpty() {
        for (int step = 0; step < values.length; step++) {
            if (has(step)) {
                return false;
            }
        }
        return true;
    }

    public StepSeries withLabels(Labels newLabels, boolean newDropName) {
        return new StepSeries(newLabels, newDropName, values, histograms);
    }

    /// The same with the label `name` set to `value`, or without it where `value` is empty. A metric name that is set
    /// on
    /// purpose is not taken off any more.
    public StepSeries withLabel(String name, String value) {
        return withLabels(labels.with(name, value), dropName && !name.equals(Labels.NAME));
    }

    /// How many samples this counts for in a budget: one per step, and what its histograms hold.
    public long weight() {
        long weight = values.length;
        if (histograms != null) {
            for (NativeHistogram histogram : histograms) {
                weight += histogram == null ? 0 : weight(histogram);
            }
        }
        return weight;
    }

    /// How many floats a histogram counts for (prometheus `promql/value.go`: its size in bytes over 16).
    public static long weight(NativeHistogram histogram) {
        return 9
                + (histogram.positiveBuckets().length + histogram.negativeBuckets().length) / 2L
                + histogram.customValues().length / 2L;
    }

    /// Repeats a single step `steps` times.
    public StepSeries repeat(int steps) {
        double[] repeated = new double[steps];
        Arrays.fill(repeated, values[0]);
        @Nullable NativeHistogram[] repeatedHistograms = null;
        NativeHistogram histogram = histogram(0);
        if (histogram != null) {
            repeatedHistograms = new NativeHistogram[steps];
            Arrays.fill(repeatedHistograms, histogram);
        }
        return new StepSeries(labels, dropName, repeated, repeatedHistograms);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StepSeries that
                && labels.equals(that.labels)
                && dropName == that.dropName
                && Arrays.equals(values, that.values)
                && Arrays.equals(histograms, that.histograms);
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return labels + " " + Arrays.toString(values) + (histograms == null ? "" : " and histograms");
    }
}
