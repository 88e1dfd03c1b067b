package io.lambdascope.ql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// A query that cannot be read, or whose types do not fit. The message says where, in the form of the language's own
/// server, for Grafana shows it.
public final class SyntaxException extends Fault {
    private static final long serialVersionUID = 1L;

    private final transient SourceRange at;

    /// A fault whose message begins with `line:column: parse error: `, as Prometheus writes it.
    ///
    /// @param query the whole text, from which line and column are counted
    /// @param problem what is wrong, lower case
    public SyntaxException(String query, SourceRange at, String problem) {
        super(FaultKind.BAD_QUERY, at.lineAndColumn(query) + ": parse error: " + problem);
        this.at = at;
    }

    private SyntaxException(SourceRange at, String message) {
        super(FaultKind.BAD_QUERY, message);
        this.at = at;
    }

    /// A fault whose message begins with `parse error at line …, col …: `, as Loki writes it.
    public static SyntaxException inLogQl(String query, SourceRange at, String problem) {
        String[] lineAndColumn = at.lineAndColumn(query).split(":");
        return new SyntaxException(
                at, "parse error at line %s, col %s: %s".formatted(lineAndColumn[0], lineAndColumn[1], problem));
    }

    /// Where in the query the fault lies.
    public SourceRange at() {
        return at;
    }
}
