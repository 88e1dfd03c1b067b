package io.lambdascope.ql.promql;

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
}
