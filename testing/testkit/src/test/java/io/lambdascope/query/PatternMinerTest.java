package io.lambdascope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PatternMinerTest {
    private static final long STEP = 10_000_000_000L;

    private static List<String> mined(String... lines) {
        PatternMiner miner = new PatternMiner(100, STEP);
        for (String line : lines) {
            miner.add(line, "", 0);
        }
        return miner.patterns().stream().map(LogPattern::text).toList();
    }

    @Test
    void wordsThatDifferBecomeVariable() {
        assertThat(mined("user alice logged in", "user bob logged in", "user carol logged in"))
                .containsExactly("user <_> logged in");
        assertThat(mined("GET /cart 200 12ms", "GET /cart 404 7ms")).containsExactly("GET /cart <_> <_>");
        assertThat(mined("level=info order=17 took=3ms", "level=info order=18 took=30ms"))
                .containsExactly("level=info order=<_> took=<_>");
    }

    @Test
    void linesThatShareLittleStayApart() {
        assertThat(mined("connection to db refused", "cache is warm again")).hasSize(2);
        assertThat(mined("a=1", "a = 1")).hasSize(2);
        assertThat(mined("", "")).isEmpty();
    }

    @Test
    void countsByLevelAndStretchOfTime() {
        PatternMiner miner = new PatternMiner(100, STEP);
        miner.add("took 1 ms", "info", STEP + 1);
        miner.add("took 2 ms", "info", 2 * STEP - 1);
        miner.add("took 3 ms", "info", 2 * STEP);
        miner.add("took 3 ms", "error", 2 * STEP);
        assertThat(miner.patterns())
                .extracting(
                        LogPattern::text,
                        LogPattern::level,
                        pattern -> List.copyOf(pattern.counts().entrySet()).toString())
                .containsExactlyInAnyOrder(
                        tuple("took <_> ms", "info", "[%d=2, %d=1]".formatted(STEP, 2 * STEP)),
                        tuple("took 3 ms", "error", "[%d=1]".formatted(2 * STEP)));
    }

    @Test
    void groupsThatMeetInTheEndAreToldOnce() {
        // in the first two, too few words are the same for one group; later lines make both what they are
        List<String> patterns = mined("x 1 a b c d", "x 1 e f g h", "x 2 a b q r", "x 2 e f s t", "x 3 a n q r");
        assertThat(patterns).doesNotHaveDuplicates();
    }

    /// A pattern matches the lines that it was made of, as the line filter `|>` does.
    @Test
    void patternsAreWhatTheLineFilterTakes() {
        SplittableRandom random = new SplittableRandom(5);
        String[] words = {"alpha", "beta", "GET", "x=1", "\"quoted\"", "[7]", "a:b", "<_>", "ünïcode", "9"};
        PatternMiner miner = new PatternMiner(1000, STEP);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder line = new StringBuilder("line");
            for (int n = random.nextInt(5); n >= 0; n--) {
                line.append(' ').append(words[random.nextInt(words.length)]);
            }
            lines.add(line.toString());
            miner.add(line.toString(), "", 0);
        }
        List<String> patterns = miner.patterns().stream().map(LogPattern::text).toList();
        assertThat(patterns).hasSizeLessThan(Set.copyOf(lines).size());
        assertThat(lines).allSatisfy(line -> assertThat(patterns).anyMatch(pattern -> matches(pattern, line)));
    }

    private static boolean matches(String pattern, String line) {
        if (!pattern.contains("<_>")) {
            return pattern.equals(line);
        }
        return Pattern.matches(
                Arrays.stream(pattern.split("<_>", -1)).map(Pattern::quote).collect(Collectors.joining(".+")), line);
    }

    @Test
    void remembersNoMoreThanItMay() {
        PatternMiner miner = new PatternMiner(50, STEP);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 5000; i++) {
            miner.add("w" + "=".repeat(1 + random.nextInt(500)) + " end", "", 0);
        }
        assertThat(miner.patterns()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void hugeLinesEndInSomethingVariable() {
        String start = "payload ";
        List<String> patterns = mined(start + "a ".repeat(5000), start + "a ".repeat(4000));
        assertThat(patterns).hasSize(1);
        assertThat(patterns.getFirst()).endsWith("<_>");
        assertThat(patterns.getFirst().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(3000);
    }
}
