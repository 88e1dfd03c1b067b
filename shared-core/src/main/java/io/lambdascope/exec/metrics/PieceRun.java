package io.lambdascope.exec.metrics;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.result.Partial;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.time.StepGrid;
import java.util.List;

/// Works out pieces of a query, in this process.
///
/// @param expr the whole query, resolved
/// @param grid of the whole query
record PieceRun(PromExpr expr, StepGrid grid, EngineSettings settings, MetricsOpener opener) {
    /// @param budget of this piece alone: the partial says what was used of it
    Partial run(Piece piece, QueryBudget budget) {
        PromExpr part = piece.leaf().expr();
        StepGrid steps = piece.grid();
        try (OpenUnits open = OpenUnits.of(piece.units(), opener, budget)) {
            Evaluation evaluation = new Evaluation(settings, grid, open, piece.shard(), budget);
            evaluation.reads.prepare(expr, part, steps);
            List<Partial.Row> rows = piece.leaf().kind() == LeafKind.AGGREGATE
                    ? new Aggregations(evaluation, steps).states((Aggregation) part)
                    : PartialRows.of(evaluation.eval(part, steps));
            budget.countSamples(0, evaluation.samples.byStep(steps.steps()));
            return partial(rows, evaluation, steps);
        }
    }

    /// What came of an evaluation, and what it used of its budget.
    static Partial partial(List<Partial.Row> rows, Evaluation evaluation, StepGrid steps) {
        QueryBudget budget = evaluation.budget;
        return new Partial(
                steps.steps(),
                rows,
                new Answers(evaluation, steps).annotations(),
                budget.series(),
                budget.peak(),
                budget.samplesByStep());
    }
}
