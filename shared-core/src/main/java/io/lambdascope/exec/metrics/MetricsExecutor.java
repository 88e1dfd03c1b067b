package io.lambdascope.exec.metrics;

import io.lambdascope.exec.FanOut;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.plan.metrics.SelectorNeed;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Answers queries over units: plans, and then evaluates here, or sends pieces and goes on with what comes
/// back. Both ways run the same evaluation and give the same answer.
public final class MetricsExecutor {
    private final MetricsPlanner planner;
    private final MetricsOpener opener;
    private final FanOut fanOut;
    private final Optional<CachedPieces> cached;

    /// @param opener for what is answered here
    public MetricsExecutor(MetricsPlanner planner, MetricsOpener opener, FanOut fanOut) {
        this(planner, opener, fanOut, Optional.empty());
    }

    private MetricsExecutor(
            MetricsPlanner planner, MetricsOpener opener, FanOut fanOut, Optional<CachedPieces> cached) {
        this.planner = planner;
        this.opener = opener;
        this.fanOut = fanOut;
        this.cached = cached;
    }

    /// One that looks for pieces of answers in `cache`, and keeps them there.
    public MetricsExecutor withCache(ResultCache cache) {
        return new MetricsExecutor(
                planner, opener, fanOut, Optional.of(new CachedPieces(cache, planner, opener, fanOut)));
    }

    /// One that gives the same answers, works out everything and keeps nothing.
    public MetricsExecutor withoutCache() {
        return new MetricsExecutor(planner, opener, fanOut, cached.map(CachedPieces::withoutCache));
    }

    /// The time of all samples that `query` may look at; empty if it reads none.
    public Optional<TimeRange> span(CheckedQuery query, StepGrid grid, EngineSettings settings) {
        PromExpr expr = query.over(grid);
        return SelectorNeed.of(expr, grid, settings.frame(grid)).stream()
                .map(SelectorNeed::range)
                .reduce(TimeRange::union);
    }

    /// The answer to `query` as [MetricsEngine#evaluate] gives it.
    ///
    /// @param units all that may hold rows in [#span]
    /// @throws Fault as the engine throws; UNAVAILABLE if a piece failed twice
    public PromResult execute(
            CheckedQuery query, StepGrid grid, EngineSettings settings, MetricsUnits units, QueryBudget budget) {
        PromExpr expr = query.over(grid);
        return cached.flatMap(pieces -> pieces.answer(query, expr, grid, settings, units, budget))
                .orElseGet(() -> planned(query, expr, grid, settings, units, budget));
    }

    private PromResult planned(
            CheckedQuery query,
            PromExpr expr,
            StepGrid grid,
            EngineSettings settings,
            MetricsUnits units,
            QueryBudget budget) {
        return switch (planner.plan(expr, query.type(), settings.frame(grid), units)) {
            case MetricsPlan.Inline(MetricsUnits needed) ->
                read(needed, budget, reader -> new MetricsEngine(settings).evaluate(query, grid, reader, budget));
            case MetricsPlan.FanOut plan -> {
                FannedOut pieces = new FannedOut(query, grid, grid, settings, plan);
                budget.chargeBytes(Piece.bytesOf(plan.pieces()));
                List<byte[]> answers = fanOut.run(pieces.requests(budget.deadline()), budget.deadline());
                yield new Answers(pieces.evaluation(answers, budget), grid).answer(expr, query.type());
            }
        };
    }

    /// Runs `action` over `units`, here: how series and labels are listed.
    public <T> T read(MetricsUnits units, QueryBudget budget, Function<? super OpenUnits, T> action) {
        try (OpenUnits open = OpenUnits.of(units, opener, budget)) {
            return action.apply(open);
        }
    }
}
