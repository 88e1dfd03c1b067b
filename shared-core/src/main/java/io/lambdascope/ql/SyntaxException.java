package io.lambdascope.ql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// A query that cannot be read, or whose types do not fit. The message begins with `line:column: parse error: `, as
/// Prometheus writes it and as Grafana shows it.
public final class SyntaxException extends Fault {
    private static final long serialVersionUID = 1L;

    private final transient SourceRange at;

    /// @param query the whole text, from which line and column are counted
    /// @param problem what is wrong, lower case
    public SyntaxException(String query, SourceRange at, String problem) {
        super(FaultKind.BAD_QUERY, at.lineAndColumn(query) + ": parse error: " + problem);
        this.at = at;
    }

    /// Where in the query the fault lies.
    public SourceRange at() {
        return at;
    }
}
