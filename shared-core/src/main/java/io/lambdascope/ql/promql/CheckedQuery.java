package io.lambdascope.ql.promql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.time.StepGrid;

/// A query whose types fit. In `expr` every [PromExpr.Binary] between two vectors has its matching (many-to-many for
/// set operators) and every other has none.
///
/// @param type what the query yields
/// @param text the query as it was written; the positions in `expr` point into it
public record CheckedQuery(PromExpr expr, PromExpr.Type type, String text) {
    /// Reads and checks.
    ///
    /// @throws io.lambdascope.ql.SyntaxException BAD_QUERY
    public static CheckedQuery of(String text) {
        return PromChecker.check(PromParser.parse(text), text);
    }

    /// The expression to evaluate over `grid`, with all lengths of time worked out as [DurationResolver] does.
    ///
    /// @throws Fault BAD_QUERY if the query makes no sense over this grid
    public PromExpr over(StepGrid grid) {
        if (!grid.isInstant() && type != PromExpr.Type.SCALAR && type != PromExpr.Type.VECTOR) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "invalid expression type \"%s\" for range query, must be Scalar or instant Vector"
                            .formatted(type.text()));
        }
        return DurationResolver.resolve(expr, grid);
    }
}
