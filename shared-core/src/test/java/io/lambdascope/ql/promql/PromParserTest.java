package io.lambdascope.ql.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromParserTest {
    static Stream<Arguments> valid() throws IOException {
        return table("/promql/valid.txt");
    }

    static Stream<Arguments> invalid() throws IOException {
        return table("/promql/invalid.txt");
    }

    private static Stream<Arguments> table(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(PromParserTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && (!line.startsWith("#") || line.contains("==> 1:")))
                    .map(PromParserTest::row);
        }
    }

    private static Arguments row(String line) {
        int arrow = line.indexOf(" ==> ");
        String query = arrow < 0 ? line : line.substring(0, arrow);
        String expected = arrow < 0 ? line : line.substring(arrow + 5);
        return Arguments.of(query.equals("∅") ? "" : query.replace('⏎', '\n'), expected);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsAndPrints(String query, String printed) {
        CheckedQuery checked = CheckedQuery.of(query);
        assertThat(PromPrinter.print(checked.expr())).isEqualTo(printed);
        assertThat(PromPrinter.print(PromParser.parse(printed))).isEqualTo(printed);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysWhatIsWrong(String query, String message) {
        assertThatThrownBy(() -> CheckedQuery.of(query)).isInstanceOfSatisfying(SyntaxException.class, e -> {
            assertThat(e.text()).isEqualTo(message);
            assertThat(e.kind()).isEqualTo(FaultKind.BAD_QUERY);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "a^", "sum(", "a[(", "a[-", "a[2^", "(a or ", "sum by (x) (", "a[5m:"})
    void refusesEndlessNesting(String opening) {
        for (int times : new int[] {1000, 5000, 100_000}) {
            assertThatThrownBy(() -> PromParser.parse(opening.repeat(times))).isInstanceOf(SyntaxException.class);
        }
    }

    @Test
    void refusesEndlessChains() {
        assertThat(PromWalk.depth(CheckedQuery.of("a" + " + a".repeat(400)).expr()))
                .isEqualTo(401);
        assertThatThrownBy(() -> CheckedQuery.of("a" + " + a".repeat(20_000)))
                .hasMessageContaining("expression chains more than 500 operators");
        assertThatThrownBy(() -> CheckedQuery.of("a" + "[1m:]".repeat(20_000)))
                .hasMessageContaining("expression chains more than 500 operators");
        String nested = "abs(".repeat(190) + "a" + " + a".repeat(400) + ")".repeat(190);
        assertThatThrownBy(() -> CheckedQuery.of(nested)).hasMessageContaining("more than 500 levels deep");
    }

    @Test
    void refusesTextsBeyondAllMeasure() {
        assertThatThrownBy(() -> PromParser.parse("a".repeat(5 << 20)))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("query is 5242880 characters long, at most 1048576 are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "up{a=\"\ud800\"}", "\"\udc80", "a\u0000b", "up{a=\"\u0000\"}", "\\", "{\"\\"})
    void survivesWhatIsNoText(String query) {
        try {
            CheckedQuery.of(query);
        } catch (SyntaxException e) {
            assertThat(e.text()).contains("parse error");
        }
    }

    @Test
    void readsSelectors() {
        assertThat(PromParser.parseSelector("up{job=~\"a.*\"}"))
                .containsExactly(Matcher.equal("__name__", "up"), Matcher.of("job", Matcher.Op.REGEX, "a.*"));
        assertThat(PromParser.parseSelector("{\"a.b\"}")).containsExactly(Matcher.equal("__name__", "a.b"));
        assertThatThrownBy(() -> PromParser.parseSelector("{a=~\".*\"}"))
                .hasMessageContaining("at least one non-empty matcher");
        assertThatThrownBy(() -> PromParser.parseSelector("rate(up[5m])")).isInstanceOf(SyntaxException.class);
        assertThatThrownBy(() -> PromParser.parseSelector("up offset 5m")).isInstanceOf(SyntaxException.class);
    }
}
