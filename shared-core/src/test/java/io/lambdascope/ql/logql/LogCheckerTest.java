package io.lambdascope.ql.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.FaultKind;
import io.lambdascope.ql.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogCheckerTest {
    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(LogCheckerTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }

    static Stream<String> valid() throws IOException {
        return lines("/logql/valid.txt");
    }

    static Stream<String> invalid() throws IOException {
        return lines("/logql/invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void takesWhatIsLogQl(String query) {
        assertThat(CheckedLogQuery.of(query).isLogQuery()).isEqualTo(query.startsWith("{"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysWhatIsWrong(String line) {
        String[] parts = line.split(" => ", 2);
        assertThatThrownBy(() -> CheckedLogQuery.of(parts[0]))
                .isInstanceOfSatisfying(
                        SyntaxException.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.BAD_QUERY))
                .hasMessageStartingWith("parse error at line 1, col ")
                .hasMessageContaining(parts[1]);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        String deep = "(".repeat(5_000) + "1" + ")".repeat(5_000);
        assertThatThrownBy(() -> CheckedLogQuery.of(deep))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("levels deep");
        assertThatThrownBy(() -> CheckedLogQuery.of("1" + " + 1".repeat(5_000)))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("chains more than");
    }
}
