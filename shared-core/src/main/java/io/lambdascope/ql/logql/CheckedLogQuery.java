package io.lambdascope.ql.logql;

/// A query whose parts fit together: every selector selects, functions have what they need, and every regex, pattern,
/// path, address and template in it reads.
///
/// @param text the query as it was written; the positions in `expr` point into it
public record CheckedLogQuery(LogExpr expr, String text) {
    /// Reads and checks.
    ///
    /// @throws io.lambdascope.ql.SyntaxException BAD_QUERY
    public static CheckedLogQuery of(String text) {
        return LogChecker.check(LogParser.parse(text), text);
    }

    /// Whether it yields lines; else it yields numbers.
    public boolean isLogQuery() {
        return expr instanceof LogExpr.LogQuery;
    }
}
