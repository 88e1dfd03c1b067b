package io.lambdascope.query;

import io.lambdascope.time.StepGrid;
import java.time.Duration;

/// What it took to answer a query.
///
/// @param preparation the time to read the query and to find what it is about
/// @param evaluation the time to work it out
/// @param grid the steps that were evaluated
/// @param samplesByStep samples that each step looked at
/// @param peakSamples the most samples in memory at once, in one place
public record QueryStats(
        Duration preparation, Duration evaluation, StepGrid grid, long[] samplesByStep, long peakSamples) {
    /// Of a query that had nothing to look at.
    public static QueryStats none(StepGrid grid) {
        return new QueryStats(Duration.ZERO, Duration.ZERO, grid, new long[0], 0);
    }
}
