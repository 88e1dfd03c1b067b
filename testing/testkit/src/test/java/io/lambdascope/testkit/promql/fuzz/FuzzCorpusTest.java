package io.lambdascope.testkit.promql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `make fuzz` once found stays right, and a few questions of its kind are asked each time.
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    @TempDir
    Path scratch;

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(CORPUS.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void casesOnceFound() throws IOException {
        Map<Long, List<FuzzCase>> bySeed = new TreeMap<>();
        for (String line : lines("cases.txt")) {
            FuzzCase asked = FuzzCase.parse(line);
            assertThat(asked.line()).isEqualTo(line);
            bySeed.computeIfAbsent(asked.seed(), seed -> new ArrayList<>()).add(asked);
        }
        assertThat(bySeed).isNotEmpty();
        bySeed.forEach((seed, cases) -> {
            FuzzWorld world = new FuzzWorld(seed, scratch);
            for (FuzzCase asked : cases) {
                assertThat(FuzzCheck.check(asked, world).failure())
                        .as(asked.line())
                        .isEmpty();
            }
        });
    }

    @Test
    void textsOnceFound() throws IOException {
        FuzzWorld world = new FuzzWorld(1, scratch);
        List<String> texts = lines("texts.txt");
        assertThat(texts).isNotEmpty();
        for (String text : texts) {
            FuzzCase asked = FuzzCase.parse("1 %d+600000/60000 - %s".formatted(FuzzWorld.FROM_MILLIS, text));
            assertThat(world.text(asked)).as(text).isNotInstanceOf(Outcome.Broken.class);
        }
    }

    static LongStream seeds() {
        return LongStream.of(1, 42);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void someOfEachKind(long seed) {
        FuzzWorld world = new FuzzWorld(seed, scratch);
        FuzzCases cases = new FuzzCases(new SplittableRandom(seed), world.spanMillis());
        int answered = 0;
        for (int i = 0; i < 25; i++) {
            FuzzCase asked = cases.next(seed);
            FuzzCheck.Verdict verdict = FuzzCheck.check(asked, world);
            assertThat(verdict.failure()).as(asked.line()).isEmpty();
            answered += verdict.outcome() instanceof Outcome.Answer ? 1 : 0;
        }
        assertThat(answered).isGreaterThan(12);
        HostileText texts = new HostileText(new SplittableRandom(seed), cases);
        for (int i = 0; i < 100; i++) {
            FuzzCase asked = cases.next(seed).withText(texts.next());
            assertThat(world.text(asked)).as(asked.line()).isNotInstanceOf(Outcome.Broken.class);
        }
    }
}
