package io.lambdascope.exec.logs;

import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.Shard;
import io.lambdascope.time.NanoGrid;

/// Answers LogQL over units, here. Holds settings alone and may be shared. See
/// `docs/adr/0065-evaluation-of-logql.md`.
final class LogsEngine {
    private final LogsSettings settings;

    LogsEngine(LogsSettings settings) {
        this.settings = settings;
    }

    /// The lines of a log query.
    LogsResult.Lines search(LogQuery query, LineSearch search, UnitReads reads) {
        return Answers.lines(new LineSearcher(query, reads, Shard.ALL).find(search));
    }

    /// The answer to a metric query.
    LogsResult evaluate(MetricExpr expr, NanoGrid grid, UnitReads reads) {
        Evaluation evaluation = new Evaluation(grid, reads.budget());
        for (RangeLeaf leaf : RangeLeaf.of(expr)) {
            evaluation.know(leaf, LeafReads.evaluate(leaf, grid, reads));
        }
        return answer(expr, evaluation);
    }

    /// The answer to a metric query, given what its leaves come to.
    LogsResult answer(MetricExpr expr, Evaluation evaluation) {
        return Answers.numbers(expr, evaluation.eval(expr), evaluation.grid, settings.maxSeries());
    }
}
