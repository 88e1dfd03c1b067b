package io.lambdascope.testkit.promql;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromWalk;

/// Help for comparing PromQL trees.
public final class PromTrees {
    private static final SourceRange NOWHERE = SourceRange.NOWHERE;

    private PromTrees() {}

    /// The same tree without places in a text, so that trees of different texts can be equal.
    public static PromExpr withoutPlaces(PromExpr expr) {
        return PromWalk.map(expr, PromTrees::bare);
    }

    private static PromExpr bare(PromExpr expr) {
        return switch (expr) {
            case PromExpr.NumberLiteral e -> new PromExpr.NumberLiteral(e.value(), e.duration(), NOWHERE);
            case PromExpr.StringLiteral e -> new PromExpr.StringLiteral(e.value(), NOWHERE);
            case VectorSelector e -> new VectorSelector(e.name(), e.matchers(), e.shift(), e.edges(), NOWHERE);
            case PromExpr.MatrixSelector e -> new PromExpr.MatrixSelector(e.selector(), e.range(), NOWHERE);
            case PromExpr.Subquery e -> new PromExpr.Subquery(e.input(), e.range(), e.step(), e.shift(), NOWHERE);
            case PromExpr.Call e -> new PromExpr.Call(e.function(), e.args(), NOWHERE);
            case PromExpr.Aggregation e ->
                new PromExpr.Aggregation(e.op(), e.parameter(), e.input(), e.grouping(), NOWHERE);
            case PromExpr.Binary e ->
                new PromExpr.Binary(e.op(), e.left(), e.right(), e.returnBool(), e.matching(), NOWHERE);
            case PromExpr.Unary e -> new PromExpr.Unary(e.negative(), e.input(), NOWHERE);
            case PromExpr.Paren e -> new PromExpr.Paren(e.input(), NOWHERE);
        };
    }
}
