package io.lambdascope.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRegexTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(7).longs(200));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shortcutsMatchWhatTheRegexMachineMatches(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        String regex = alternatives(random, 2);
        LabelRegex fast = LabelRegex.compile(regex);
        LabelRegex slow = LabelRegex.compileWithoutShape(regex);
        for (int i = 0; i < 60; i++) {
            String value = value(random);
            assertThat(fast.matches(value)).as("/%s/ on \"%s\"", regex, value).isEqualTo(slow.matches(value));
            if (slow.matches(value)) {
                assertThat(value).startsWith(fast.prefix().orElse(""));
                assertThat(value).startsWith(slow.prefix().orElse(""));
                fast.literals().ifPresent(literals -> assertThat(literals).contains(value));
            }
        }
        fast.literals().ifPresent(literals -> assertThat(literals).allMatch(slow::matches));
    }

    private static String alternatives(RandomGenerator random, int depth) {
        StringJoiner joined = new StringJoiner("|");
        for (int i = random.nextInt(3); i >= 0; i--) {
            StringBuilder sequence = new StringBuilder();
            for (int j = random.nextInt(4); j > 0; j--) {
                sequence.append(atom(random, depth));
            }
            joined.add(sequence);
        }
        return joined.toString();
    }

    private static String atom(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 12)) {
            case 0 -> ".*";
            case 1 -> ".+";
            case 2 -> "\\.";
            case 3 -> ".*?";
            case 4 -> random.nextInt(6) == 0 ? "^" : "a";
            case 5 -> random.nextInt(6) == 0 ? "$" : "b";
            case 6 -> random.nextInt(4) == 0 ? "[ab]" : "ab";
            case 7 -> random.nextInt(4) == 0 ? "b?" : "\n";
            case 8 -> random.nextInt(4) == 0 ? "." : "😀";
            case 9, 10, 11 -> String.valueOf((char) ('a' + random.nextInt(3)));
            case 12 -> "(" + alternatives(random, depth - 1) + ")";
            default -> "(?:" + alternatives(random, depth - 1) + ")";
        };
    }

    private static String value(RandomGenerator random) {
        String[] parts = {"a", "b", "c", "ab", ".", "\n", "😀"};
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            value.append(parts[random.nextInt(parts.length)]);
        }
        return value.toString();
    }

    @Test
    void wordsAreASet() {
        assertThat(LabelRegex.compile("api-(server|gateway)|db\\.1").literals())
                .contains(Set.of("api-server", "api-gateway", "db.1"));
        assertThat(LabelRegex.compile("^get$").literals()).contains(Set.of("get"));
        assertThat(LabelRegex.compile("a.*").literals()).isEmpty();
        assertThat(LabelRegex.compile("(?i)a").literals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prod-.*,prod-", "prod-[0-9]+,prod-", "ab*,a", "aa|ab.*,a", "x(a|b)[cd]?,''", "x(a|b).,x", "(?i)x,''"})
    void knowsHowMatchesBegin(String regex, String prefix) {
        assertThat(LabelRegex.compile(regex).prefix().orElse("")).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^web-%d$", "web-%d.*", ".*web-%d", "(?i)web-%d", "web-%d[0-9]?"})
    void tenThousandAlternatives(String alternative) {
        StringJoiner regex = new StringJoiner("|");
        for (int i = 0; i < 10_000; i++) {
            regex.add(alternative.formatted(i));
        }
        LabelRegex compiled = LabelRegex.compile(regex.toString());
        assertThat(compiled.matches("web-9999")).isTrue();
        assertThat(compiled.matches("web-")).isFalse();
        assertThat(compiled.matches("db-12")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((((a{30}){30}){30}){30}){30})",
                "[",
                "(",
                "a**",
                "a\\",
                "(?<n",
                "\\8",
                "a{1001}"
            })
    void refusesWhatIsNoneOrTooLarge(String regex) {
        assertThatThrownBy(() -> LabelRegex.compile(regex))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("error parsing regexp: ");
    }

    @Test
    void refusesEndlessNesting() {
        assertThatThrownBy(() -> LabelRegex.compile("(".repeat(100_000) + "a*" + ")".repeat(100_000)))
                .hasMessageContaining("nests too deeply");
        assertThatThrownBy(() -> LabelRegex.compile("(a{100}b{100})".repeat(70_000)))
                .hasMessageContaining("too large");
    }
}
