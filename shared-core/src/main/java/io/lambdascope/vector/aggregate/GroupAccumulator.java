package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.vector.StepSeries;

/// One group of an aggregation over all steps: takes series one by one, in the order of their labels, and gives
/// one.
public interface GroupAccumulator {
    /// Adds a series of the group.
    void add(StepSeries series);

    /// The group's result; without any step set if there is none. Called once.
    StepSeries finish(Labels labels, boolean dropName);
}
