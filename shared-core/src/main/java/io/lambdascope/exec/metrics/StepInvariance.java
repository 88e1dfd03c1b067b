package io.lambdascope.exec.metrics;

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
import io.lambdascope.ql.promql.PromFunction;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Set;

/// Tells expressions that are worth the same at every step, because `@` fixes all that they look at: they are
/// evaluated once and repeated.
final class StepInvariance {
    private static final Set<PromFunction> OF_TIME = EnumSet.of(
            PromFunction.DAYS_IN_MONTH,
            PromFunction.DAY_OF_MONTH,
            PromFunction.DAY_OF_WEEK,
            PromFunction.DAY_OF_YEAR,
            PromFunction.END,
            PromFunction.HOUR,
            PromFunction.MINUTE,
            PromFunction.MONTH,
            PromFunction.PREDICT_LINEAR,
            PromFunction.RANGE,
            PromFunction.START,
            PromFunction.STEP,
            PromFunction.TIME,
            PromFunction.TIMESTAMP,
            PromFunction.YEAR);

    private final IdentityHashMap<PromExpr, Boolean> known = new IdentityHashMap<>();

    boolean holds(PromExpr expr) {
        Boolean cached = known.get(expr);
        if (cached == null) {
            cached = find(expr);
            known.put(expr, cached);
        }
        return cached;
    }

    private boolean find(PromExpr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _ -> true;
            case VectorSelector selector -> selector.shift().atModifier() != null;
            case MatrixSelector matrix -> holds(matrix.selector());
            case Subquery subquery -> subquery.shift().atModifier() != null;
            case Call call ->
                !OF_TIME.contains(call.function()) && call.args().stream().allMatch(this::holds);
            case Aggregation aggregation ->
                holds(aggregation.input()) && (aggregation.parameter() == null || holds(aggregation.parameter()));
            case Binary binary -> holds(binary.left()) && holds(binary.right());
            case Unary unary -> holds(unary.input());
            case Paren paren -> holds(paren.input());
        };
    }
}
