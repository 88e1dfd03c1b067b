package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.testkit.metrics.SampleSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The project's own scripts: each says what PromQL must answer, worked out by hand.
class OwnScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/promql");

    static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }

    /// Every script over every placement.
    static Stream<Arguments> placements() throws IOException {
        Map<String, Supplier<DataPlacement>> placements = new LinkedHashMap<>();
        placements.put("memory", MemoryPlacement::new);
        placements.put("one segment", () -> new SegmentPlacement(splitter(1)));
        placements.put("segments", () -> new SegmentPlacement(splitter(3)));
        placements.put(
                "shuffled segments", () -> new SegmentPlacement(splitter(4).shuffled()));
        placements.put(
                "repeated segments",
                () -> new SegmentPlacement(splitter(4).shuffled().repeated()));
        return scripts().stream()
                .flatMap(script -> placements.entrySet().stream()
                        .map(placement -> Arguments.of(script, placement.getKey(), placement.getValue())));
    }

    private static SampleSplitter splitter(int batches) {
        return new SampleSplitter(new SplittableRandom(batches), batches);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("placements")
    void everyEvalPasses(String script, String name, Supplier<DataPlacement> placement) throws IOException {
        PromScript parsed = ScriptParser.parse(script, Files.readString(SCRIPTS.resolve(script)));
        assertThat(parsed.evals()).isPositive();
        List<CaseResult> results = ScriptRunner.run(parsed, placement.get());
        assertThat(results).hasSize(parsed.evals());
        assertThat(results)
                .filteredOn(result -> !result.passed())
                .extracting(CaseResult::describe)
                .isEmpty();
    }
}
