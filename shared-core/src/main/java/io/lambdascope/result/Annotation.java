package io.lambdascope.result;

import io.lambdascope.ql.SourceRange;

/// Something that the reader of an answer should know and that is no error.
///
/// @param message without its level and place
/// @param at the sub-expression that it is about
public record Annotation(Level level, String message, SourceRange at) {
    /// How much it matters.
    public enum Level {
        WARNING("PromQL warning: "),
        INFO("PromQL info: ");

        private final String prefix;

        Level(String prefix) {
            this.prefix = prefix;
        }
    }

    /// As Prometheus shows it: `PromQL warning: … (line:column)`.
    public String render(String query) {
        return level.prefix + message + " (" + at.lineAndColumn(query) + ")";
    }
}
