package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Prometheus' own scripts, where they lie beside the project.
class SharedScriptsTest {
    /// Beside the project's root; tests run two folders below it.
    private static final Path SCRIPTS = Path.of("../../../shared/conformance/promql");

    @Test
    void everyEvalPasses() throws IOException {
        assumeTrue(
                Files.isDirectory(SCRIPTS),
                () -> "the shared scripts do not lie beside the project: no folder "
                        + SCRIPTS.toAbsolutePath().normalize());
        List<CaseResult> results = new ArrayList<>();
        for (Path script : scripts()) {
            String name = script.getFileName().toString();
            results.addAll(ScriptRunner.run(ScriptParser.parse(name, Files.readString(script)), new MemoryPlacement()));
        }
        assertThat(results).isNotEmpty();
        assertThat(results)
                .filteredOn(result -> !result.passed())
                .extracting(CaseResult::describe)
                .isEmpty();
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }
}
