package io.lambdascope.exec.metrics;

import io.lambdascope.exec.FanOut;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan;
import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.plan.metrics.SelectorNeed;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.Partial;
import io.lambdascope.result.PartialFormat;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Answers queries over units: plans, and then evaluates here, or sends pieces and goes on with what comes
/// back. Both ways run the same evaluation and give the same answer.
public final class MetricsExecutor {
    private final MetricsPlanner planner;
    private final MetricsOpener opener;
    private final FanOut fanOut;

    /// @param opener for what is answered here
    public MetricsExecutor(MetricsPlanner planner, MetricsOpener opener, FanOut fanOut) {
        this.planner = planner;
        this.opener = opener;
        this.fanOut = fanOut;
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
        return switch (planner.plan(expr, query.type(), settings.frame(grid), units)) {
            case MetricsPlan.Inline(MetricsUnits needed) ->
                read(needed, budget, reader -> new MetricsEngine(settings).evaluate(query, grid, reader, budget));
            case MetricsPlan.FanOut plan -> fanOut(query, expr, grid, settings, plan, budget);
        };
    }

    /// Runs `action` over `units`, here: how series and labels are listed.
    public <T> T read(MetricsUnits units, QueryBudget budget, Function<? super OpenUnits, T> action) {
        try (OpenUnits open = OpenUnits.of(units, opener, budget)) {
            return action.apply(open);
        }
    }

    private PromResult fanOut(
            CheckedQuery query,
            PromExpr expr,
            StepGrid grid,
            EngineSettings settings,
            MetricsPlan.FanOut plan,
            QueryBudget budget) {
        budget.chargeBytes(bytesOf(plan.pieces()));
        List<byte[]> requests = new ArrayList<>(plan.pieces().size());
        for (Piece piece : plan.pieces()) {
            requests.add(task(query, grid, settings, piece, budget.deadline()).encode());
        }
        List<byte[]> answers = fanOut.run(requests, budget.deadline());
        Evaluation evaluation = new Evaluation(settings, grid, MetricsExecutor::readNothing, Shard.ALL, budget);
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
                knowOfNothing(leaf, grid, evaluation);
                continue;
            }
            budget.chargeSeries(seriesRead(pieces, partials));
            partials.forEach(partial -> partial.annotations().forEach(note -> note(note, evaluation)));
            for (int i = 0; i < pieces.size(); i++) {
                budget.countSamples(pieces.get(i).firstStep(), partials.get(i).samplesByStep());
                budget.peakElsewhere(partials.get(i).peakSamples());
            }
            know(leaf, pieces, partials, grid, evaluation);
        }
        return new Answers(evaluation, grid).answer(expr, query.type());
    }

    /// What inline evaluation would charge: every unit once, however many pieces read it.
    private static long bytesOf(List<Piece> pieces) {
        Map<String, Long> bytes = new HashMap<>();
        pieces.forEach(piece -> piece.units().units().forEach(unit -> bytes.put(unit.id(), unit.bytes())));
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Pieces of different times read the same series over again: the most that were read at one time count.
    private static long seriesRead(List<Piece> pieces, List<Partial> partials) {
        Map<Integer, Long> byFirstStep = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            byFirstStep.merge(pieces.get(i).firstStep(), partials.get(i).seriesRead(), Long::sum);
        }
        return byFirstStep.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static MetricsCursor readNothing(MetricsScan scan) {
        throw new Fault(FaultKind.INTERNAL, "all series should have been read by scans, but this was not: " + scan);
    }

    private static ScanTask task(
            CheckedQuery query, StepGrid grid, EngineSettings settings, Piece piece, Instant deadline) {
        long deadlineMillis = deadline.equals(Instant.MAX) ? Long.MAX_VALUE : deadline.toEpochMilli();
        return new ScanTask(
                query.text(),
                grid,
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
    private static void knowOfNothing(Leaf leaf, StepGrid grid, Evaluation evaluation) {
        Evaluation here = new Evaluation(
                evaluation.settings,
                evaluation.frame.query(),
                scan -> MergingCursor.of(List.of()),
                Shard.ALL,
                evaluation.budget);
        evaluation.know(leaf.expr(), here.eval(leaf.expr(), grid));
        here.annotations.notes().forEach(evaluation.annotations::add);
    }

    /// Has the evaluation take a part as known.
    private static void know(
            Leaf leaf, List<Piece> pieces, List<Partial> partials, StepGrid grid, Evaluation evaluation) {
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
            case WHOLE -> {
                List<StepSeries> series = PartialRows.join(pieces, partials, steps, evaluation.budget);
                boolean scalar = PromChecker.typeOf(leaf.expr()) == PromExpr.Type.SCALAR;
                evaluation.know(
                        leaf.expr(),
                        scalar
                                ? new Value.Scalar(Objects.requireNonNull(series.getFirst())
                                        .values())
                                : new Value.Vector(series));
            }
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
