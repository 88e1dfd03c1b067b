package io.lambdascope.exec.logs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.lambdascope.labels.RegexLiterals;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.logql.LogExpr.FilterOp;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Line filters over whole runs, compared with a plain look at each line.
class LineFilterTest {
    private static final String[] PARTS = {
        "a", "b", "ab", "A", "B", "k", "K", "s", "\u017f", "\u212a", "é", "É", "\n", " ", "foo", "Foo", "."
    };

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(11).longs(100));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aTextIsFoundWhereItStands(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<String> lines = lines(random);
        String text = text(random, 3);
        Stage.LineFilter stage = filter(FilterOp.CONTAINS, text);
        assertSelects(stage, lines, line -> line.contains(text), "|= " + text, random);
        assertSelects(filter(FilterOp.NOT_CONTAINS, text), lines, line -> !line.contains(text), "!= " + text, random);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRegexIsFoundWhereTheMachineFindsIt(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<String> lines = lines(random);
        String regex = (random.nextInt(3) == 0 ? "(?i)" : "") + alternatives(random, 2);
        Pattern plain = Pattern.compile(regex);
        assertSelects(
                filter(FilterOp.REGEX, regex),
                lines,
                line -> plain.matcher(line).find(),
                "|~ " + regex,
                random);
        assertSelects(
                filter(FilterOp.NOT_REGEX, regex),
                lines,
                line -> !plain.matcher(line).find(),
                "!~ " + regex,
                random);
        RegexLiterals literals = RegexLiterals.of(regex);
        for (String line : lines) {
            if (plain.matcher(line).find()) {
                assertThat(literals.required())
                        .as("required by %s of \"%s\"", regex, line)
                        .allMatch(set -> set.stream().anyMatch(one -> holds(line, one, literals.ignoresCase())));
            }
        }
    }

    private static boolean holds(String line, String text, boolean ignoresCase) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new ByteSearch(text, ignoresCase).find(bytes, 0, bytes.length) >= 0;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void severalTextsPassIfOneDoes(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<String> lines = lines(random);
        String first = text(random, 2);
        String second = text(random, 2);
        Stage.LineFilter either = new Stage.LineFilter(
                FilterOp.CONTAINS,
                List.of(new LineMatch.Text(first), new LineMatch.Text(second)),
                new SourceRange(0, 0));
        assertSelects(
                either, lines, line -> line.contains(first) || line.contains(second), first + " or " + second, random);
    }

    @Test
    void aTextIsFoundAtEveryDistanceFromEitherEnd() {
        for (int before = 0; before < 40; before++) {
            for (int behind = 0; behind < 40; behind++) {
                byte[] bytes = ("x".repeat(before) + "Needle" + "x".repeat(behind)).getBytes(StandardCharsets.UTF_8);
                assertThat(new ByteSearch("Needle", false).find(bytes, 0, bytes.length))
                        .isEqualTo(before);
                assertThat(new ByteSearch("needle", true).find(bytes, 0, bytes.length))
                        .isEqualTo(before);
                assertThat(new ByteSearch("Needle", false).find(bytes, 0, before + 5))
                        .isEqualTo(-1);
                assertThat(new ByteSearch("Needle", false).find(bytes, before + 1, bytes.length))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void aByteThatIsNoTextIsFoundToo() {
        byte[] bytes = {'a', (byte) 0xff, 'b'};
        assertThat(new ByteSearch("\udcffb", false).find(bytes, 0, 3)).isEqualTo(1);
        assertThat(new ByteSearch("?b", false).find(bytes, 0, 3)).isEqualTo(-1);
    }

    @Test
    void manyExpressionsNeedNoMachine() {
        assertThat(RegexLiterals.of(".*foo.*").anyOf()).containsExactly("foo");
        assertThat(RegexLiterals.of("(foo|bar)\\d*").anyOf()).containsExactlyInAnyOrder("foo", "bar");
        assertThat(RegexLiterals.of("(?i)Fatal|dead").anyOf()).containsExactlyInAnyOrder("fatal", "dead");
        assertThat(RegexLiterals.of("a[xy]b").anyOf()).containsExactlyInAnyOrder("axb", "ayb");
        assertThat(RegexLiterals.of("user \\d+ failed").anyOf()).isNull();
        assertThat(RegexLiterals.of("user \\d+ failed").required()).containsExactly(Set.of("user "), Set.of(" failed"));
        assertThat(RegexLiterals.of("^start").anyOf()).isNull();
        assertThat(RegexLiterals.of("\\d+").required()).isEmpty();
    }

    private interface Expected {
        boolean of(String line);
    }

    private static void assertSelects(
            Stage.LineFilter stage, List<String> lines, Expected expected, String what, RandomGenerator random) {
        LineFilter filter = LineFilter.of(stage);
        LogEntries run = run(lines);
        BitSet kept = new BitSet();
        int density = 1 + random.nextInt(12);
        for (int i = 0; i < lines.size(); i++) {
            kept.set(i, density < 6 || random.nextInt(density) == 0);
        }
        BitSet model = new BitSet();
        for (int i = 0; i < lines.size(); i++) {
            model.set(i, kept.get(i) && expected.of(lines.get(i)));
            Line line = new Line();
            line.setText(lines.get(i));
            assertThat(filter.process(line))
                    .as("%s on \"%s\"", what, lines.get(i))
                    .isEqualTo(expected.of(lines.get(i)));
        }
        filter.filter(run, kept);
        assertThat(kept).as(what).isEqualTo(model);
    }

    private static LogEntries run(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("ab".getBytes(StandardCharsets.UTF_8)); // runs need not begin at 0
        int[] starts = new int[lines.size() + 1];
        starts[0] = 2;
        for (int i = 0; i < lines.size(); i++) {
            bytes.writeBytes(lines.get(i).getBytes(StandardCharsets.UTF_8));
            starts[i + 1] = bytes.size();
        }
        bytes.writeBytes("abfoo".getBytes(StandardCharsets.UTF_8));
        return new LogEntries(lines.size(), new long[lines.size()], bytes.toByteArray(), starts, List.of());
    }

    private static List<String> lines(RandomGenerator random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            lines.add(text(random, 12));
        }
        return lines;
    }

    private static String text(RandomGenerator random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(parts + 1); i > 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }

    private static Stage.LineFilter filter(FilterOp op, String text) {
        return new Stage.LineFilter(op, List.of(new LineMatch.Text(text)), new SourceRange(0, 0));
    }

    private static String alternatives(RandomGenerator random, int depth) {
        StringJoiner joined = new StringJoiner("|");
        for (int i = random.nextInt(3); i >= 0; i--) {
            StringBuilder sequence = new StringBuilder();
            for (int j = random.nextInt(5); j > 0; j--) {
                sequence.append(atom(random, depth)).append(quantifier(random));
            }
            joined.add(sequence);
        }
        return joined.toString();
    }

    private static String quantifier(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> "*";
            case 1 -> "+";
            case 2 -> "?";
            case 3 -> "{2}";
            case 4 -> "{1,3}?";
            case 5 -> "+?";
            default -> "";
        };
    }

    private static String atom(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 18 : 14)) {
            case 0 -> ".";
            case 1 -> "\\.";
            case 2 -> "[ab]";
            case 3 -> "[^a]";
            case 4 -> "\\w";
            case 5 -> random.nextInt(3) == 0 ? "(?:^)" : "k";
            case 6 -> random.nextInt(3) == 0 ? "(?:\\b)" : "s";
            case 7 -> "é";
            case 8 -> "\\n";
            case 9 -> "[A-Z]";
            case 10 -> "foo";
            case 11 -> "B";
            case 12, 13 -> "a";
            case 14 -> "(" + alternatives(random, depth - 1) + ")";
            case 15 -> "(?i:" + alternatives(random, depth - 1) + ")";
            case 16 -> "(?P<n" + random.nextInt(1_000_000_000) + ">" + alternatives(random, depth - 1) + ")";
            default -> "(?:" + alternatives(random, depth - 1) + ")";
        };
    }
}
