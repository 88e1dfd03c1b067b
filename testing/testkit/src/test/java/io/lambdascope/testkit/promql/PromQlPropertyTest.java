package io.lambdascope.testkit.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.ql.promql.PromPrinter;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromQlPropertyTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(3).longs(150));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void printedTreesParseToThemselves(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 10; i++) {
            PromExpr tree = RandomPromExpr.from(random, PromVocabulary.SYNTAX);
            String line = PromPrinter.print(tree);
            assertThat(PromTrees.withoutPlaces(PromParser.parse(line))).as(line).isEqualTo(tree);
            String pretty = PromPrinter.pretty(tree);
            assertThat(PromTrees.withoutPlaces(PromParser.parse(pretty)))
                    .as(pretty)
                    .isEqualTo(tree);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void typesOfGeneratedTreesFitAndPlacesAreInside(long seed) {
        String line = PromPrinter.print(RandomPromExpr.from(new SplittableRandom(seed), PromVocabulary.SYNTAX));
        CheckedQuery checked = CheckedQuery.of(line);
        assertThat(checked.type()).isEqualTo(PromChecker.typeOf(checked.expr()));
        assertThat(checked.expr().at().start()).isZero();
        assertThat(checked.expr().at().end()).isEqualTo(line.length());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedTextsAreReadOrRefused(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        String line = PromPrinter.print(RandomPromExpr.from(random, PromVocabulary.SYNTAX));
        for (int i = 0; i < 10; i++) {
            StringBuilder damaged = new StringBuilder(line);
            for (int j = random.nextInt(1, 4); j > 0 && !damaged.isEmpty(); j--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, "(){}[],:\"'`+-@#=~!0a\\".charAt(random.nextInt(21)));
                    default -> damaged.setLength(at);
                }
            }
            try {
                CheckedQuery.of(damaged.toString());
            } catch (SyntaxException e) {
                assertThat(e.text()).as(damaged.toString()).contains("parse error: ");
            }
        }
    }
}
