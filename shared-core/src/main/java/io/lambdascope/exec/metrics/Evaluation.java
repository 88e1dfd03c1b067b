package io.lambdascope.exec.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Binary;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.NumberLiteral;
import io.lambdascope.ql.promql.PromExpr.Paren;
import io.lambdascope.ql.promql.PromExpr.StringLiteral;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.Unary;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.source.Shard;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.ReservedLabels;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.histogram.FloatHistogram;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// One evaluation of one query over some series: walks down the tree, and has every expression worked out for all
/// steps at once. For one thread.
final class Evaluation {
    final EngineSettings settings;
    final TimeFrame frame;
    final QueryBudget budget;
    final Annotations annotations = new Annotations();
    final SampleCounts samples = new SampleCounts();
    final SelectorReads reads;
    final SeriesReader reader;
    final Shard shard;

    private final StepInvariance invariance = new StepInvariance();
    private final IdentityHashMap<PromExpr, Value> known = new IdentityHashMap<>();

    /// @param query the grid of the whole query
    Evaluation(EngineSettings settings, StepGrid query, SeriesReader reader, Shard shard, QueryBudget budget) {
        this.settings = settings;
        this.frame = settings.frame(query);
        this.reader = reader;
        this.shard = shard;
        this.budget = budget;
        this.reads = new SelectorReads(frame, reader, shard, budget);
    }

    boolean delayedNameRemoval() {
        return settings.delayedNameRemoval();
    }

    /// Says what `expr` is worth over the grid of the whole query, so that it need not be worked out.
    void know(PromExpr expr, Value value) {
        known.put(expr, value);
    }

    /// What `expr`, which is no range vector, is worth at every step of `grid`.
    ///
    /// @throws Fault EXECUTION, OVER_LIMIT, TIMEOUT, UNSUPPORTED
    Value eval(PromExpr expr, StepGrid grid) {
        budget.checkDeadline();
        budget.checkRoom(grid.steps());
        Value ready = known.get(expr);
        if (ready != null) {
            return ready.at(grid.steps());
        }
        long heldBefore = budget.held() - reads.keptSamples();
        Value value;
        if (!grid.isInstant() && invariance.holds(expr)) {
            Value once = samples.onEveryStep(grid.steps(), () -> evalNode(expr, StepGrid.instant(grid.startMillis())));
            budget.hold(once.weight() * grid.steps());
            value = once.repeat(grid.steps());
        } else {
            value = evalNode(expr, grid);
        }
        // what was needed on the way is free again; the result is what is held
        budget.release(budget.held() - reads.keptSamples() - heldBefore);
        budget.hold(value.weight());
        return value;
    }

    private Value evalNode(PromExpr expr, StepGrid grid) {
        return switch (expr) {
            case NumberLiteral number -> Value.Scalar.constant(number.value(), grid.steps());
            case StringLiteral string -> new Value.Text(string.value());
            case Paren paren -> eval(paren.input(), grid);
            case VectorSelector selector ->
                new InstantSelectors(this).select(selector, grid, InstantSelectors.Pick.VALUE);
            case Call call -> new Calls(this).call(call, grid);
            case Aggregation aggregation -> new Aggregations(this, grid).aggregate(aggregation);
            case Binary binary -> new Binaries(this, grid).apply(binary);
            case Unary unary -> unary(unary, grid);
            case MatrixSelector _, Subquery _ -> throw new IllegalStateException("no range vector here: " + expr);
        };
    }

    List<StepSeries> vector(PromExpr expr, StepGrid grid) {
        return ((Value.Vector) eval(expr, grid)).series();
    }

    double[] scalar(PromExpr expr, StepGrid grid) {
        return ((Value.Scalar) eval(expr, grid)).values();
    }

    String text(PromExpr expr) {
        return ((Value.Text) eval(expr, StepGrid.instant(0))).value();
    }

    static PromExpr withoutParens(PromExpr expr) {
        PromExpr inner = expr;
        while (inner instanceof Paren paren) {
            inner = paren.input();
        }
        return inner;
    }

    /// The labels of a series whose name does not fit it any more.
    Labels unnamed(Labels labels) {
        return delayedNameRemoval() ? labels : ReservedLabels.drop(labels);
    }

    /// Ends an operation that took names off: without delay, series may have become the same by that.
    Value.Vector merged(List<StepSeries> series) {
        return new Value.Vector(delayedNameRemoval() ? series : SameLabels.merge(series));
    }

    private Value unary(Unary unary, StepGrid grid) {
        Value value = eval(unary.input(), grid);
        if (!unary.negative()) {
            return value;
        }
        return switch (value) {
            case Value.Scalar(double[] values) -> {
                double[] negated = new double[values.length];
                for (int step = 0; step < values.length; step++) {
                    negated[step] = -values[step];
                }
                yield new Value.Scalar(negated);
            }
            case Value.Vector(List<StepSeries> series) -> {
                List<StepSeries> negated = new ArrayList<>(series.size());
                for (StepSeries one : series) {
                    budget.hold(grid.steps());
                    negated.add(negate(one));
                }
                yield merged(negated);
            }
            case Value.Text text -> throw new IllegalStateException("no sign on text: " + text);
        };
    }

    private StepSeries negate(StepSeries series) {
        StepWriter writer = new StepWriter(series.steps());
        for (int step = 0; step < series.steps(); step++) {
            var histogram = series.histogram(step);
            if (histogram != null) {
                writer.set(step, FloatHistogram.of(histogram).times(-1).toNative());
            } else if (series.hasFloat(step)) {
                writer.set(step, -series.values()[step]);
            }
        }
        return writer.finish(unnamed(series.labels()), true);
    }
}
