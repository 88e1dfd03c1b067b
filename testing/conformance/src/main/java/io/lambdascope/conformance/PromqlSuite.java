package io.lambdascope.conformance;

import io.lambdascope.testkit.promql.CaseResult;
import io.lambdascope.testkit.promql.MemoryPlacement;
import io.lambdascope.testkit.promql.ScriptParser;
import io.lambdascope.testkit.promql.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// PromQL scripts in Prometheus' format; each eval is a case.
final class PromqlSuite implements Suite {
    @Override
    public String files() {
        return "scripts (*.test)";
    }

    @Override
    public void run(Path folder, Report report) throws IOException {
        List<Path> scripts;
        try (Stream<Path> files = Files.list(folder)) {
            scripts = files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
        }
        for (Path script : scripts) {
            String name = script.getFileName().toString();
            for (CaseResult result :
                    ScriptRunner.run(ScriptParser.parse(name, Files.readString(script)), new MemoryPlacement())) {
                if (result.passed()) {
                    report.passed();
                } else {
                    report.failed(result.describe());
                }
            }
        }
    }
}
