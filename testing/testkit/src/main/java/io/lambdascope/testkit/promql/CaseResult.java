package io.lambdascope.testkit.promql;

import org.jspecify.annotations.Nullable;

/// What became of one eval.
///
/// @param script the script's name
/// @param line where the eval stands, from 1
/// @param query its query
/// @param failure `expected … got …`, null if it passed
public record CaseResult(
        String script, int line, String query, @Nullable String failure) {
    public boolean passed() {
        return failure == null;
    }

    /// `script:line`, which names the case.
    public String id() {
        return script + ":" + line;
    }

    /// One line: where, the query, what was expected and what came.
    public String describe() {
        return "%s: %s: %s".formatted(id(), query, failure == null ? "passed" : failure.replace('\n', ' '));
    }
}
