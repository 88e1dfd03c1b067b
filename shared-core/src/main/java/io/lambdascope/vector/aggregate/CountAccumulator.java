package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;

/// `count`, and `group`, which only says that there is something.
public final class CountAccumulator implements MergeableAccumulator {
    private final boolean groupOnly;
    private final int[] counts;

    public CountAccumulator(int steps, boolean groupOnly) {
        this.groupOnly = groupOnly;
        counts = new int[steps];
    }

    @Override
    public void add(StepSeries series) {
        for (int step = 0; step < counts.length; step++) {
            counts[step] += series.has(step) ? 1 : 0;
        }
    }

    @Override
    public GroupState state() {
        double[] column = new double[counts.length];
        for (int step = 0; step < counts.length; step++) {
            column[step] = counts[step];
        }
        return GroupState.ofFloats(column);
    }

    @Override
    public void merge(GroupState other) {
        for (int step = 0; step < counts.length; step++) {
            counts[step] += (int) other.columns()[0][step];
        }
    }

    @Override
    public StepSeries finish(Labels labels, boolean dropName) {
        StepWriter writer = new StepWriter(counts.length);
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0) {
                writer.set(step, groupOnly ? 1 : counts[step]);
            }
        }
        return writer.finish(labels, dropName);
    }
}
