package io.lambdascope.exec.metrics;

import io.lambdascope.exec.FanOut;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.FixedPieces;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.Partial;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Answers range queries of pieces that were worked out before and pieces that are worked out now. What the answer is,
/// and what it counts for, does not depend on which were found. See `docs/adr/0057-results-of-closed-windows.md`.
final class CachedPieces {
    private final ResultCache cache;
    private final MetricsPlanner planner;
    private final MetricsOpener opener;
    private final FanOut fanOut;

    CachedPieces(ResultCache cache, MetricsPlanner planner, MetricsOpener opener, FanOut fanOut) {
        this.cache = cache;
        this.planner = planner;
        this.opener = opener;
        this.fanOut = fanOut;
    }

    /// The same, that finds nothing and keeps nothing.
    CachedPieces withoutCache() {
        return new CachedPieces(new ResultCache(0), planner, opener, fanOut);
    }

    /// The answer, or nothing if no piece of it may be kept.
    ///
    /// @param expr of `query`, resolved over `grid`
    Optional<PromResult> answer(
            CheckedQuery query,
            PromExpr expr,
            StepGrid grid,
            EngineSettings settings,
            MetricsUnits units,
            QueryBudget budget) {
        if (grid.isInstant() || PieceKey.dependsOnWholeQuery(expr)) {
            return Optional.empty();
        }
        TimeFrame frame = settings.frame(grid);
        List<Piece> pieces = FixedPieces.of(expr, frame, units);
        PieceKey names = new PieceKey(query.text(), expr, settings, frame);
        List<Optional<String>> keys = pieces.stream().map(names::of).toList();
        if (keys.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        budget.chargeBytes(Piece.bytesOf(pieces));
        PieceWork work = new PieceWork(query, new PieceRun(expr, grid, settings, opener), planner, fanOut);
        return Optional.of(joined(
                query,
                expr,
                pieces,
                partials(pieces, keys, work, budget),
                new Evaluation(settings, grid, FannedOut::readNothing, Shard.ALL, budget)));
    }

    /// The partials of all pieces, in their order.
    private List<Partial> partials(
            List<Piece> pieces, List<Optional<String>> keys, PieceWork work, QueryBudget budget) {
        TreeMap<Integer, Partial> partials = new TreeMap<>();
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int number = i;
            keys.get(i)
                    .flatMap(cache::get)
                    .ifPresentOrElse(kept -> partials.put(number, kept), () -> missing.add(number));
        }
        List<Partial> made = work.run(missing.stream().map(pieces::get).toList(), budget);
        for (int i = 0; i < made.size(); i++) {
            Partial partial = made.get(i);
            partials.put(missing.get(i), partial);
            keys.get(missing.get(i)).ifPresent(key -> cache.put(key, partial));
        }
        return List.copyOf(partials.values());
    }

    private static PromResult joined(
            CheckedQuery query, PromExpr expr, List<Piece> pieces, List<Partial> partials, Evaluation evaluation) {
        StepGrid grid = evaluation.frame.query();
        FannedOut.count(pieces, partials, evaluation);
        evaluation.know(expr, PartialRows.whole(expr, pieces, partials, grid.steps(), evaluation.budget));
        return new Answers(evaluation, grid).answer(expr, query.type());
    }
}
