package io.lambdascope.ql.logql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogPrinterTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(LogPrinterTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<String> valid() throws IOException {
        return resource("/logql/valid.txt").lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    /// Each case: a query, a line of `--`, the query as it is laid out; cases end with a line of `==`.
    static Stream<String[]> pretty() throws IOException {
        return Arrays.stream(resource("/logql/pretty.txt").strip().split("\n==\n"))
                .map(text -> text.split("\n--\n"));
    }

    private static String withoutPlaces(LogExpr expr) {
        return expr.toString().replaceAll("SourceRange\\[[^]]*]", "");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void whatIsPrintedReadsBackAsTheSame(String query) {
        LogExpr expr = LogParser.parse(query);
        assertThat(withoutPlaces(LogParser.parse(LogPrinter.print(expr)))).isEqualTo(withoutPlaces(expr));
        assertThat(withoutPlaces(LogParser.parse(LogPrinter.pretty(expr)))).isEqualTo(withoutPlaces(expr));
    }

    @ParameterizedTest
    @MethodSource("pretty")
    void laysOut(String query, String expected) {
        assertThat(LogPrinter.pretty(LogParser.parse(query))).isEqualTo(expected);
    }
}
