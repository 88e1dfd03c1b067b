package io.lambdascope.testkit.logql;

import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogParser;
import io.lambdascope.ql.logql.LogPrinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cases of queries as texts, one JSON object a line of the file.
public final class QueryCases {
    private QueryCases() {}

    /// Which texts are queries: `{id, query, valid}`.
    public static CaseOutcome syntax(Path file) {
        return run(file, one -> {
            boolean valid = JsonLines.flag(one, "valid");
            try {
                CheckedLogQuery checked = CheckedLogQuery.of(JsonLines.text(one, "query"));
                return valid
                        ? Optional.empty()
                        : Optional.of("expected an error got " + LogPrinter.print(checked.expr()));
            } catch (SyntaxException e) {
                return valid ? Optional.of("expected a query got " + e.text()) : Optional.empty();
            }
        });
    }

    /// How queries are laid out over several lines: `{id, query, formatted}`.
    public static CaseOutcome format(Path file) {
        return run(file, one -> {
            String expected = JsonLines.text(one, "formatted");
            String actual = LogPrinter.pretty(LogParser.parse(JsonLines.text(one, "query")));
            return actual.equals(expected)
                    ? Optional.empty()
                    : Optional.of("expected%n%s%ngot%n%s".formatted(expected, actual));
        });
    }

    /// @param check what is wrong, if something is
    private static CaseOutcome run(Path file, Function<Map<String, @Nullable Object>, Optional<String>> check) {
        List<Map<String, @Nullable Object>> cases = JsonLines.read(file);
        List<String> failures = new ArrayList<>();
        for (Map<String, @Nullable Object> one : cases) {
            check.apply(one)
                    .ifPresent(wrong -> failures.add(
                            "%s: %s: %s".formatted(JsonLines.text(one, "id"), JsonLines.text(one, "query"), wrong)));
        }
        return new CaseOutcome(cases.size(), failures);
    }
}
