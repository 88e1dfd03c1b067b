package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.result.PromResult;
import io.lambdascope.testkit.metrics.RandomSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A query answers the same wherever its data lies: one random data set, all placements, equal answers.
class PlacementPropertyTest {
    @TempDir
    Path scratch;

    private static final long FROM_MILLIS = 1_795_341_780_000L;
    private static final long HOUR_MILLIS = 3_600_000;

    static LongStream seeds() {
        return LongStream.of(1, 42);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPlacementAnswersTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long span = HOUR_MILLIS + random.nextLong(3 * HOUR_MILLIS);
        SortedMap<Labels, SeriesSamples> data = RandomSeries.of(random, FROM_MILLIS, FROM_MILLIS + span);
        List<Question> questions = Question.of(PromIdioms.load(), random, FROM_MILLIS, span);
        List<PromResult> answers = new ArrayList<>();
        try (ScriptEngine memory = new MemoryPlacement().place(data)) {
            for (Question question : questions) {
                answers.add(memory.evaluate(question.query(), question.grid()));
            }
        }
        assertThat(answers)
                .anyMatch(answer -> answer instanceof PromResult.Matrix matrix
                        && !matrix.series().isEmpty());
        for (Map.Entry<String, DataPlacement> placement :
                Placements.all(random, scratch).entrySet()) {
            try (ScriptEngine engine = placement.getValue().place(data)) {
                for (int i = 0; i < questions.size(); i++) {
                    Question question = questions.get(i);
                    PromResult answer = engine.evaluate(question.query(), question.grid());
                    assertThat(SameResult.difference(answers.get(i), answer, question.sorts()))
                            .as("%s in %s over %s", question.query().text(), placement.getKey(), question.grid())
                            .isEmpty();
                }
            }
        }
    }
}
