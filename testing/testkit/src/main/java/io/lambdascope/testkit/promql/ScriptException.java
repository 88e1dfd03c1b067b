package io.lambdascope.testkit.promql;

/// A script breaks the rules of its own format; says which and where.
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScriptException(String message) {
        super(message);
    }

    /// The message, which is never absent here.
    public String text() {
        return String.valueOf(getMessage());
    }
}
