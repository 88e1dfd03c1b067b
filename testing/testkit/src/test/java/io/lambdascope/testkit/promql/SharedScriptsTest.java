package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Prometheus' own scripts, where they lie beside the project. What does not pass yet is listed by name, and the list
/// must be exact: a case that begins to pass has to leave it.
class SharedScriptsTest {
    /// Beside the project's root; tests run two folders below it.
    private static final Path SCRIPTS = Path.of("../../../shared/conformance/promql");

    private static final Path NOT_YET = Path.of("src/test/resources/promql-shared-not-yet.txt");

    @Test
    void everyEvalPassesButThoseListed() throws IOException {
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
        TreeMap<String, String> failing = results.stream()
                .filter(result -> !result.passed())
                .collect(Collectors.toMap(CaseResult::id, CaseResult::describe, (a, b) -> a, TreeMap::new));
        Set<String> listed = listed();
        assertThat(failing.entrySet())
                .as("evals that fail and are not listed in %s", NOT_YET)
                .filteredOn(entry -> !listed.contains(entry.getKey()))
                .isEmpty();
        assertThat(listed)
                .as("evals that are listed in %s and pass", NOT_YET)
                .filteredOn(id -> !failing.containsKey(id))
                .isEmpty();
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> listed() throws IOException {
        try (Stream<String> lines = Files.lines(NOT_YET)) {
            return lines.map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
