package io.lambdascope.exec.metrics;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.time.StepGrid;

/// What an operator may tune of evaluation.
///
/// @param lookbackMillis how old the newest sample of a series may be to count for a moment
/// @param subqueryStepMillis step of a subquery that names none
/// @param delayedNameRemoval whether metric names are taken off at the end of a query rather than by each
///     operation; off in Prometheus' server
/// @param useStartTimestamps whether counters are taken to start from zero where their samples say so
/// @param limits what one query may use
public record EngineSettings(
        long lookbackMillis,
        long subqueryStepMillis,
        boolean delayedNameRemoval,
        boolean useStartTimestamps,
        QueryBudget.Limits limits) {
    public static final EngineSettings DEFAULTS =
            new EngineSettings(300_000, 60_000, false, false, QueryBudget.Limits.DEFAULTS);

    public EngineSettings {
        if (lookbackMillis <= 0 || subqueryStepMillis <= 0) {
            throw new IllegalArgumentException("lookback and subquery step must be above 0: %d ms, %d ms"
                    .formatted(lookbackMillis, subqueryStepMillis));
        }
    }

    TimeFrame frame(StepGrid query) {
        return new TimeFrame(query, lookbackMillis, subqueryStepMillis);
    }

    public EngineSettings withLookback(long millis) {
        return new EngineSettings(millis, subqueryStepMillis, delayedNameRemoval, useStartTimestamps, limits);
    }

    public EngineSettings withLimits(QueryBudget.Limits newLimits) {
        return new EngineSettings(
                lookbackMillis, subqueryStepMillis, delayedNameRemoval, useStartTimestamps, newLimits);
    }

    public EngineSettings withDelayedNameRemoval(boolean delayed) {
        return new EngineSettings(lookbackMillis, subqueryStepMillis, delayed, useStartTimestamps, limits);
    }

    public EngineSettings withStartTimestamps(boolean use) {
        return new EngineSettings(lookbackMillis, subqueryStepMillis, delayedNameRemoval, use, limits);
    }
}
