package io.lambdascope.exec.logs;

import io.lambdascope.limits.QueryBudget;

/// What an operator may tune of evaluation.
///
/// @param maxSeries how many series the answer to a metric query may have (`max_query_series`)
/// @param limits what one query may use
public record LogsSettings(int maxSeries, QueryBudget.Limits limits) {
    public static final LogsSettings DEFAULTS = new LogsSettings(500, QueryBudget.Limits.DEFAULTS);

    public LogsSettings {
        if (maxSeries < 1) {
            throw new IllegalArgumentException("an answer must be allowed a series: %d".formatted(maxSeries));
        }
    }
}
