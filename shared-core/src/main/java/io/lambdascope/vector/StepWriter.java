package io.lambdascope.vector;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// Makes a [StepSeries] step by step; steps that are not set hold nothing.
public final class StepWriter {
    private final double[] values;
    private @Nullable NativeHistogram @Nullable [] histograms;
    private boolean floats;

    public StepWriter(int steps) {
        values = StepSeries.nothing(steps);
    }

    public void set(int step, double value) {
        values[step] = value;
        floats |= !StepSeries.isAbsent(value);
    }

    public void set(int step, NativeHistogram histogram) {
        @Nullable NativeHistogram[] into = histograms;
        if (into == null) {
            into = new NativeHistogram[values.length];
            histograms = into;
        }
        into[step] = histogram;
    }

    /// Copies `step` of `from`, whatever it holds.
    public void copy(int step, StepSeries from) {
        NativeHistogram histogram = from.histogram(step);
        if (histogram != null) {
            set(step, histogram);
        } else {
            set(step, from.values()[step]);
        }
    }

    /// Whether anything has been set at `step`.
    public boolean has(int step) {
        return !StepSeries.isAbsent(values[step]) || histograms != null && histograms[step] != null;
    }

    /// Whether a float has been set.
    public boolean hasFloats() {
        return floats;
    }

    /// Whether nothing has been set at all.
    public boolean isEmpty() {
        return !floats && histograms == null;
    }

    public StepSeries finish(Labels labels, boolean dropName) {
        return new StepSeries(labels, dropName, values, histograms);
    }
}
