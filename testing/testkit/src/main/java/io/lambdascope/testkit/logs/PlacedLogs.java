package io.lambdascope.testkit.logs;

import io.lambdascope.exec.logs.LogsExecutor;
import io.lambdascope.exec.logs.LogsSettings;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;

/// Logs that have been placed, and may be asked.
///
/// @param units hold all of them
public record PlacedLogs(LogsUnits units, LogsExecutor executor) {
    private static final LogsSettings SETTINGS = new LogsSettings(Integer.MAX_VALUE, QueryBudget.Limits.NONE);

    public LogsResult.Lines search(CheckedLogQuery query, LineSearch search) {
        return search(query, search, new LogsStats());
    }

    public LogsResult.Lines search(CheckedLogQuery query, LineSearch search, LogsStats stats) {
        return executor.search(query, search, SETTINGS, units, QueryBudget.unlimited(), stats);
    }

    public LogsResult evaluate(CheckedLogQuery query, NanoGrid grid) {
        return evaluate(query, grid, new LogsStats());
    }

    public LogsResult evaluate(CheckedLogQuery query, NanoGrid grid, LogsStats stats) {
        return executor.evaluate(query, grid, SETTINGS, units, QueryBudget.unlimited(), stats);
    }
}
