package io.lambdascope.plan.metrics;

import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
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
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.ql.promql.PromWalk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a query that can be worked out for some of the series at a time: an expression whose result
/// for a series depends on that series alone, and an aggregation of such an expression that can be merged exactly.
final class Sharding {
    /// Functions whose result depends on more than one series, or on none.
    private static final Set<PromFunction> OVER_SERIES = EnumSet.of(
            PromFunction.ABSENT,
            PromFunction.ABSENT_OVER_TIME,
            PromFunction.HISTOGRAM_QUANTILE,
            PromFunction.HISTOGRAM_QUANTILES,
            PromFunction.HISTOGRAM_FRACTION,
            PromFunction.INFO,
            PromFunction.LABEL_JOIN,
            PromFunction.LABEL_REPLACE,
            PromFunction.SCALAR,
            PromFunction.SORT,
            PromFunction.SORT_BY_LABEL,
            PromFunction.SORT_BY_LABEL_DESC,
            PromFunction.SORT_DESC,
            PromFunction.VECTOR);

    private final List<Leaf> leaves = new ArrayList<>();
    private boolean blocked;
    private int number;

    private Sharding() {}

    /// The parts, such that all series are read inside them; empty if there is no such division.
    static List<Leaf> leaves(PromExpr expr) {
        Sharding sharding = new Sharding();
        sharding.visit(expr);
        return sharding.blocked ? List.of() : sharding.leaves;
    }

    private void visit(PromExpr expr) {
        int at = number;
        LeafKind kind = kind(expr);
        if (kind != null) {
            leaves.add(new Leaf(at, expr, kind));
            PromWalk.forEach(expr, part -> number++);
            return;
        }
        number++;
        blocked |= expr instanceof Subquery
                || expr instanceof MatrixSelector
                || expr instanceof Call call && call.function() == PromFunction.INFO;
        PromWalk.children(expr).forEach(this::visit);
    }

    private static @Nullable LeafKind kind(PromExpr expr) {
        // partials hold values by step, no ranges
        if (readsNothing(expr) || PromChecker.typeOf(expr) != PromExpr.Type.VECTOR) {
            return null;
        }
        if (isSeriesWise(expr)) {
            return LeafKind.SERIES;
        }
        if (!(expr instanceof Aggregation aggregation) || !isSeriesWise(aggregation.input())) {
            return null;
        }
        boolean plain = aggregation.parameter() == null || readsNothing(aggregation.parameter());
        return switch (aggregation.op()) {
            case SUM, AVG, MIN, MAX, COUNT, GROUP -> LeafKind.AGGREGATE;
            case TOPK, BOTTOMK, LIMITK -> plain ? LeafKind.SELECTION : null;
            case STDDEV, STDVAR, QUANTILE, COUNT_VALUES, LIMIT_RATIO -> null;
        };
    }

    /// Whether the result for a series depends on that series alone.
    static boolean isSeriesWise(PromExpr expr) {
        return switch (expr) {
            case VectorSelector _, MatrixSelector _ -> true;
            case NumberLiteral _, StringLiteral _ -> false;
            case Paren paren -> isSeriesWise(paren.input());
            case Unary unary -> isSeriesWise(unary.input());
            case Subquery subquery -> isSeriesWise(subquery.input());
            case Call call -> isSeriesWise(call);
            case Binary binary ->
                binary.matching() == null
                        && (isSeriesWise(binary.left()) && readsNothing(binary.right())
                                || readsNothing(binary.left()) && isSeriesWise(binary.right()));
            case Aggregation aggregation ->
                // what is said of a bad ratio must not depend on which steps have series
                aggregation.op() == AggregateOp.LIMIT_RATIO
                        && aggregation.parameter() instanceof NumberLiteral
                        && isSeriesWise(aggregation.input());
        };
    }

    private static boolean isSeriesWise(Call call) {
        if (OVER_SERIES.contains(call.function())) {
            return false;
        }
        boolean any = false;
        for (PromExpr arg : call.args()) {
            boolean ofSeries = switch (PromChecker.typeOf(arg)) {
                case VECTOR, MATRIX -> true;
                case SCALAR, STRING -> false;
            };
            if (ofSeries ? !isSeriesWise(arg) : !readsNothing(arg)) {
                return false;
            }
            any |= ofSeries;
        }
        return any;
    }

    private static boolean readsNothing(PromExpr expr) {
        return !(expr instanceof VectorSelector)
                && PromWalk.children(expr).stream().allMatch(Sharding::readsNothing);
    }
}
