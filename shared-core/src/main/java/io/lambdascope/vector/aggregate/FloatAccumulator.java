package io.lambdascope.vector.aggregate;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;

/// An aggregation that looks at floats alone and says so when it meets a histogram.
abstract class FloatAccumulator implements GroupAccumulator {
    private final String name;
    private final Annotations annotations;
    private final SourceRange at;

    FloatAccumulator(String name, Annotations annotations, SourceRange at) {
        this.name = name;
        this.annotations = annotations;
        this.at = at;
    }

    abstract void add(int step, double value);

    @Override
    public final void add(StepSeries series) {
        double[] values = series.values();
        for (int step = 0; step < values.length; step++) {
            if (!StepSeries.isAbsent(values[step])) {
                add(step, values[step]);
            } else if (series.histogram(step) != null) {
                annotations.histogramIgnoredInAggregation(name, at);
            }
        }
    }
}
