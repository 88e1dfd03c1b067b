package io.lambdascope.conformance;

import io.lambdascope.testkit.logql.CaseOutcome;
import io.lambdascope.testkit.logql.LevelCases;
import io.lambdascope.testkit.logql.PipelineCases;
import io.lambdascope.testkit.logql.QueryCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// LogQL: files of cases, one JSON object a line. How a query is laid out is a matter of taste where the meaning
/// is the same, so differences there are told and not counted as failures.
final class LogqlSuite implements Suite {
    private static final String FORMAT = "format.jsonl";

    private final Map<String, Function<Path, CaseOutcome>> files = new LinkedHashMap<>();

    LogqlSuite() {
        files.put("syntax.jsonl", QueryCases::syntax);
        files.put(FORMAT, QueryCases::format);
        files.put("pipeline.jsonl", PipelineCases::run);
        files.put("levels.jsonl", LevelCases::run);
    }

    @Override
    public String files() {
        return "cases (" + String.join(", ", files.keySet()) + ")";
    }

    @Override
    public void run(Path folder, Report report) throws IOException {
        files.forEach((name, cases) -> {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                tell(name, cases.apply(file), report);
            }
        });
    }

    private static void tell(String name, CaseOutcome outcome, Report report) {
        for (int i = outcome.failures().size(); i < outcome.cases(); i++) {
            report.passed();
        }
        for (String failure : outcome.failures()) {
            if (name.equals(FORMAT)) {
                report.skipped(name + ": " + failure);
            } else {
                report.failed(name + ": " + failure);
            }
        }
    }
}
