package io.lambdascope.testkit.logql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.plan.PlanSettings;
import io.lambdascope.testkit.logs.LogsPlacement;
import io.lambdascope.testkit.logs.SegmentPlacement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our own scenarios of LogQL, however the data lies.
class LogScriptsTest {
    static Stream<LogsPlacement> placements() {
        return Stream.of(
                SegmentPlacement.ONE,
                new SegmentPlacement(3, 0, 1, PlanSettings.INLINE),
                new SegmentPlacement(2, 50, 2, PlanSettings.INLINE),
                new SegmentPlacement(3, 30, 2, SegmentPlacement.FANNED_OUT));
    }

    @ParameterizedTest
    @MethodSource("placements")
    void everyScenarioHolds(LogsPlacement placement) throws IOException {
        try (InputStream in = LogScriptsTest.class.getResourceAsStream("/logql/engine.test")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(LogScript.run(text, placement)).isEmpty();
        }
    }

    @Test
    void whatDiffersIsTold() {
        String script = """
                load
                  {app="shop"} "a" @ 1s
                eval instant at 2s count_over_time({app="shop"}[1m])
                  {app="shop"} 2
                eval lines from 0s to 2s backward limit 1 {app="shop"}
                  {app="shop"} "b" @ 1s
                eval instant at 2s count_over_time({app="shop"}[1m])
                  fail nothing of the kind
                """;
        assertThat(LogScript.run(script, SegmentPlacement.ONE)).hasSize(3);
    }

    @Test
    void anEvalExpectsSomething() {
        List<String> bad =
                List.of("eval instant at 2s vector(1)", "eval sometime vector(1)\n  {} 1", "load\n  nothing");
        for (String script : bad) {
            assertThatThrownBy(() -> LogScript.run(script, SegmentPlacement.ONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
