package io.lambdascope.exec.metrics;

import io.lambdascope.exec.FanOut;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.Partial;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;

/// Works out pieces of time of a whole query, each for itself, so that what is said of one and counted for one is the
/// same whatever else the query asks for.
final class PieceWork {
    private final CheckedQuery query;
    private final PieceRun here;
    private final MetricsPlanner planner;
    private final FanOut fanOut;

    /// @param here runs pieces of `query` in this process
    PieceWork(CheckedQuery query, PieceRun here, MetricsPlanner planner, FanOut fanOut) {
        this.query = query;
        this.here = here;
        this.planner = planner.ofFixedPiece();
        this.fanOut = fanOut;
    }

    /// The partials of `pieces`, in their order: made here if together they read little, else all at once elsewhere.
    ///
    /// @param budget of the query, not charged: each piece has a budget of its own, as large
    List<Partial> run(List<Piece> pieces, QueryBudget budget) {
        if (Piece.bytesOf(pieces) > planner.inlineBytes()) {
            return elsewhere(pieces, budget);
        }
        return pieces.stream().map(piece -> here.run(piece, budget.ofPart())).toList();
    }

    private List<Partial> elsewhere(List<Piece> pieces, QueryBudget budget) {
        List<FannedOut> plans = pieces.stream().map(this::plan).toList();
        List<byte[]> requests = new ArrayList<>();
        plans.forEach(plan -> requests.addAll(plan.requests(budget.deadline())));
        List<byte[]> answers = fanOut.run(requests, budget.deadline());
        List<Partial> partials = new ArrayList<>(pieces.size());
        int from = 0;
        for (int i = 0; i < pieces.size(); i++) {
            FannedOut plan = plans.get(i);
            StepGrid steps = pieces.get(i).grid();
            int until = from + plan.size();
            Evaluation evaluation = plan.evaluation(answers.subList(from, until), budget.ofPart());
            from = until;
            partials.add(PieceRun.partial(PartialRows.of(evaluation.eval(here.expr(), steps)), evaluation, steps));
        }
        return partials;
    }

    private FannedOut plan(Piece piece) {
        EngineSettings settings = here.settings();
        MetricsPlan.FanOut plan = switch (planner.plan(
                here.expr(), query.type(), settings.frame(here.grid()), piece.grid(), piece.units())) {
            case MetricsPlan.Inline _ -> new MetricsPlan.FanOut(List.of(piece.leaf()), List.of(piece.alone()));
            case MetricsPlan.FanOut several -> several;
        };
        return new FannedOut(query, here.grid(), piece.grid(), settings, plan);
    }
}
