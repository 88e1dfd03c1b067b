package io.lambdascope.conformance;

import io.lambdascope.fault.Fault;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.testkit.promql.MemoryPlacement;
import io.lambdascope.testkit.promql.ScriptEngine;
import io.lambdascope.time.StepGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Query texts of real dashboards: each must be read, and those in PromQL answered over data that their selectors
/// match.
final class DashboardsSuite implements Suite {
    private static final String PROMQL = "promql.txt";
    private static final String LOGQL = "logql.txt";
    private static final long RANGE_MILLIS = 600_000;
    private static final long STEP_MILLIS = 60_000;

    @Override
    public String files() {
        return "query texts (" + PROMQL + ", " + LOGQL + ")";
    }

    @Override
    public void run(Path folder, Report report) throws IOException {
        run(folder.resolve(PROMQL), DashboardsSuite::failureOf, report);
        run(folder.resolve(LOGQL), DashboardsSuite::failureOfLogql, report);
    }

    private static void run(Path file, Function<String, @Nullable String> failureOf, Report report) throws IOException {
        List<String> queries = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i).trim();
            if (query.isEmpty()) {
                continue;
            }
            String failure = failureOf.apply(query);
            if (failure == null) {
                report.passed();
            } else {
                report.failed("%s:%d: %s: %s".formatted(file.getFileName(), i + 1, query, failure));
            }
        }
    }

    private static @Nullable String failureOfLogql(String query) {
        String filled = LogqlVariables.fill(query);
        try {
            CheckedLogQuery.of(filled);
            return null;
        } catch (Fault fault) {
            return "expected a query got %s (filled in: %s)".formatted(fault.text(), filled);
        }
    }

    /// @return `expected … got …`, or null if the query passes
    static @Nullable String failureOf(String query) {
        String filled = TemplateVariables.fill(query);
        CheckedQuery checked;
        try {
            checked = read(filled);
        } catch (Fault fault) {
            return "expected a query got %s (filled in: %s)".formatted(fault.text(), filled);
        }
        long end = MatchingSeries.END_MILLIS;
        try (ScriptEngine engine = new MemoryPlacement().place(MatchingSeries.of(checked.expr()))) {
            engine.evaluate(checked, StepGrid.instant(end));
            engine.evaluate(checked, new StepGrid(end - RANGE_MILLIS, end, STEP_MILLIS));
            return null;
        } catch (RuntimeException e) {
            return "expected an answer got %s (filled in: %s)".formatted(e, filled);
        }
    }

    /// Where white space was collapsed, the line's end that closed a leading comment is gone with it: then the query is
    /// the longest rest of the words that can be read.
    private static CheckedQuery read(String query) {
        if (!query.startsWith("#")) {
            return CheckedQuery.of(query);
        }
        SyntaxException last = null;
        for (int blank = query.indexOf(' '); blank >= 0; blank = query.indexOf(' ', blank + 1)) {
            try {
                return CheckedQuery.of(query.substring(blank + 1));
            } catch (SyntaxException e) {
                last = e;
            }
        }
        throw last == null ? Fault.badRequest("there is only a comment") : last;
    }
}
