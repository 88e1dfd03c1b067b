package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;

/// `min` and `max`: NaN only if there is nothing else.
public final class ExtremeAccumulator extends FloatAccumulator implements MergeableAccumulator {
    private final boolean max;
    private final double[] extremes;

    public ExtremeAccumulator(int steps, boolean max, Annotations annotations, SourceRange at) {
        super(max ? "max" : "min", annotations, at);
        this.max = max;
        extremes = StepSeries.nothing(steps);
    }

    @Override
    void add(int step, double value) {
        double extreme = extremes[step];
        // what is absent is a NaN too
        if (Double.isNaN(extreme) || (max ? extreme < value : extreme > value)) {
            extremes[step] = value;
        }
    }

    @Override
    public GroupState state() {
        return GroupState.ofFloats(extremes);
    }

    @Override
    public void merge(GroupState other) {
        for (int step = 0; step < extremes.length; step++) {
            double value = other.columns()[0][step];
            if (!StepSeries.isAbsent(value)) {
                add(step, value);
            }
        }
    }

    @Override
    public StepSeries finish(Labels labels, boolean dropName) {
        return StepSeries.ofFloats(labels, dropName, extremes);
    }
}
