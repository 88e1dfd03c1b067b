package io.lambdascope.exec.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan;
import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.Partial;
import io.lambdascope.result.PartialFormat;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A plan of pieces: the requests that are sent for it, and the evaluation that goes on with what comes back.
final class FannedOut {
    private final CheckedQuery query;
    private final StepGrid whole;
    private final StepGrid grid;
    private final EngineSettings settings;
    private final MetricsPlan.FanOut plan;

    /// @param whole the steps of the query
    /// @param grid those of them that the plan is for
    FannedOut(CheckedQuery query, StepGrid whole, StepGrid grid, EngineSettings settings, MetricsPlan.FanOut plan) {
        this.query = query;
        this.whole = whole;
        this.grid = grid;
        this.settings = settings;
        this.plan = plan;
    }

    /// How many requests are sent.
    int size() {
        return plan.pieces().size();
    }

    /// One for each piece, in the order of the plan.
    List<byte[]> requests(Instant deadline) {
        return plan.pieces().stream()
                .map(piece -> task(piece, deadline).encode())
                .toList();
    }

    /// An evaluation that knows what was worked out elsewhere; its annotations and `budget` count that in.
    ///
    /// @param answers one for each request
    Evaluation evaluation(List<byte[]> answers, QueryBudget budget) {
        Evaluation evaluation = new Evaluation(settings, whole, FannedOut::readNothing, Shard.ALL, budget);
        for (Leaf leaf : plan.leaves()) {
            List<Piece> pieces = new ArrayList<>();
            List<Partial> partials = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                Piece piece = plan.pieces().get(i);
                if (piece.leaf().number() == leaf.number()) {
                    pieces.add(piece);
                    partials.add(PartialFormat.read(answers.get(i)));
                }
            }
            if (pieces.isEmpty()) {
                knowOfNothing(leaf, evaluation);
                continue;
            }
            count(pieces, partials, evaluation);
            know(leaf, pieces, partials, evaluation);
        }
        return evaluation;
    }

    /// Takes over what was said in the pieces of one part, and charges what they used.
    static void count(List<Piece> pieces, List<Partial> partials, Evaluation evaluation) {
        QueryBudget budget = evaluation.budget;
        budget.chargeSeries(seriesRead(pieces, partials));
        for (int i = 0; i < pieces.size(); i++) {
            Partial partial = partials.get(i);
            partial.annotations().forEach(note -> note(note, evaluation));
            budget.countSamples(pieces.get(i).firstStep(), partial.samplesByStep());
            budget.peakElsewhere(partial.peakSamples());
        }
    }

    /// Pieces of different times read the same series over again: the most that were read at one time count.
    private static long seriesRead(List<Piece> pieces, List<Partial> partials) {
        Map<Integer, Long> byFirstStep = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            byFirstStep.merge(pieces.get(i).firstStep(), partials.get(i).seriesRead(), Long::sum);
        }
        return byFirstStep.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    static MetricsCursor readNothing(MetricsScan scan) {
        throw new Fault(FaultKind.INTERNAL, "all series should have been read by scans, but this was not: " + scan);
    }

    private ScanTask task(Piece piece, Instant deadline) {
        long deadlineMillis = deadline.equals(Instant.MAX) ? Long.MAX_VALUE : deadline.toEpochMilli();
        return new ScanTask(
                query.text(),
                whole,
                piece.leaf().number(),
                piece.leaf().kind(),
                piece.grid(),
                piece.shard(),
                settings,
                deadlineMillis,
                piece.units());
    }

    private static void note(Annotation note, Evaluation evaluation) {
        evaluation.annotations.add(
                new Annotations.Note(note.level() == Annotation.Level.WARNING, note.message(), note.at()));
    }

    /// Works out a part that no unit holds series for: it may have something to say all the same.
    private void knowOfNothing(Leaf leaf, Evaluation evaluation) {
        Evaluation here =
                new Evaluation(settings, whole, scan -> MergingCursor.of(List.of()), Shard.ALL, evaluation.budget);
        evaluation.know(leaf.expr(), here.eval(leaf.expr(), grid));
        here.annotations.notes().forEach(evaluation.annotations::add);
    }

    /// Has the evaluation take a part as known.
    private void know(Leaf leaf, List<Piece> pieces, List<Partial> partials, Evaluation evaluation) {
        int steps = grid.steps();
        switch (leaf.kind()) {
            case AGGREGATE -> {
                Aggregation aggregation = (Aggregation) leaf.expr();
                boolean extreme = aggregation.op() == AggregateOp.MIN || aggregation.op() == AggregateOp.MAX;
                List<List<Partial.Row>> places = new ArrayList<>();
                for (int i = 0; i < pieces.size(); i++) {
                    places.add(
                            PartialRows.spread(pieces.get(i), partials.get(i), steps, extreme ? StepSeries.ABSENT : 0));
                }
                evaluation.know(aggregation, new Aggregations(evaluation, grid).merge(aggregation, places));
            }
            case SERIES -> {
                List<StepSeries> series = PartialRows.join(pieces, partials, steps, evaluation.budget);
                evaluation.know(leaf.expr(), new Value.Vector(unique(leaf.expr(), series, evaluation)));
            }
            case SELECTION -> {
                Aggregation aggregation = (Aggregation) leaf.expr();
                List<StepSeries> series = PartialRows.join(pieces, partials, steps, evaluation.budget);
                evaluation.know(aggregation.input(), new Value.Vector(unique(aggregation.input(), series, evaluation)));
            }
            case WHOLE ->
                evaluation.know(
                        leaf.expr(), PartialRows.whole(leaf.expr(), pieces, partials, steps, evaluation.budget));
        }
    }

    /// What a shard cannot see: that another one has a series with the same labels, once names are gone.
    private static List<StepSeries> unique(PromExpr expr, List<StepSeries> series, Evaluation evaluation) {
        if (evaluation.delayedNameRemoval()) {
            return series;
        }
        boolean overRange = Evaluation.withoutParens(expr) instanceof Call call
                && call.args().stream().anyMatch(arg -> PromChecker.typeOf(arg) == PromExpr.Type.MATRIX);
        return overRange ? SameLabels.refuse(series) : SameLabels.merge(series);
    }
}
