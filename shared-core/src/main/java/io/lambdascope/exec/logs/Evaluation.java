package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelRegex;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.LabelReplace;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.ql.logql.LogExpr.NumberLiteral;
import io.lambdascope.ql.logql.LogExpr.Paren;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorLiteral;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.LabelReplacement;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Works out a metric query over what its leaves have come to, every expression for all steps at once. For one
/// thread.
final class Evaluation {
    final NanoGrid grid;
    final QueryBudget budget;
    /// LogQL has no histograms, which is what annotations of these operations are about: there are never any.
    final Annotations annotations = new Annotations();

    private final Map<MetricExpr, List<StepSeries>> known = new IdentityHashMap<>();

    Evaluation(NanoGrid grid, QueryBudget budget) {
        this.grid = grid;
        this.budget = budget;
    }

    /// Says what a leaf has come to.
    void know(RangeLeaf leaf, List<StepSeries> series) {
        leaf.exprs().forEach(expr -> known.put(expr, series));
    }

    /// @throws Fault EXECUTION, OVER_LIMIT, TIMEOUT, BAD_QUERY
    Value eval(MetricExpr expr) {
        budget.checkDeadline();
        List<StepSeries> leaf = known.get(expr);
        if (leaf != null) {
            return new Value.Vector(leaf);
        }
        return switch (expr) {
            case NumberLiteral number -> new Value.Scalar(number.value());
            case VectorLiteral vector -> new Value.Vector(List.of(constant(vector.value())));
            case Paren paren -> eval(paren.input());
            case LabelReplace replace -> labelReplace(replace);
            case VectorAggregation aggregation -> new Aggregations(this).aggregate(aggregation);
            case Binary binary -> new Binaries(this).apply(binary);
            case RangeAggregation range -> throw new IllegalStateException("not read: " + range);
        };
    }

    /// What `expr` is worth as a vector, which a number is none of.
    List<StepSeries> vector(MetricExpr expr) {
        return switch (eval(expr)) {
            case Value.Vector(List<StepSeries> series) -> series;
            case Value.Scalar(double value) ->
                throw new Fault(FaultKind.BAD_QUERY, "a vector is needed here, but there is the number " + value);
        };
    }

    private StepSeries constant(double value) {
        budget.hold(grid.steps());
        double[] values = new double[grid.steps()];
        Arrays.fill(values, value);
        return StepSeries.ofFloats(Labels.EMPTY, false, values);
    }

    private Value labelReplace(LabelReplace replace) {
        LabelReplacement labels = new LabelReplacement(
                LabelRegex.pattern(replace.regex()), replace.target(), replace.replacement(), replace.source());
        return new Value.Vector(SameLabels.merge(labels.apply(vector(replace.input()))));
    }
}
