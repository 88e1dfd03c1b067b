package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The project's own scripts: each says what PromQL must answer, worked out by hand.
class OwnScriptsTest {
    @TempDir
    static Path scratch;

    private static final Path SCRIPTS = Path.of("src/test/resources/promql");

    static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }

    /// Every script in memory and in two placements more, which take turns.
    static List<Arguments> placements() throws IOException {
        List<Map.Entry<String, DataPlacement>> others =
                List.copyOf(Placements.all(new SplittableRandom(1), scratch).entrySet());
        List<Arguments> placements = new ArrayList<>();
        int turn = 0;
        for (String script : scripts()) {
            placements.add(Arguments.of(script, "memory", new MemoryPlacement()));
            for (int i = 0; i < 2; i++) {
                Map.Entry<String, DataPlacement> other = others.get(turn++ * 5 % others.size());
                placements.add(Arguments.of(script, other.getKey(), other.getValue()));
            }
        }
        return placements;
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("placements")
    void everyEvalPasses(String script, String name, DataPlacement placement) throws IOException {
        PromScript parsed = ScriptParser.parse(script, Files.readString(SCRIPTS.resolve(script)));
        assertThat(parsed.evals()).isPositive();
        List<CaseResult> results = ScriptRunner.run(parsed, placement);
        assertThat(results).hasSize(parsed.evals());
        assertThat(results)
                .filteredOn(result -> !result.passed())
                .extracting(CaseResult::describe)
                .isEmpty();
    }
}
