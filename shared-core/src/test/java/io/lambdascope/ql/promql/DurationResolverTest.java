package io.lambdascope.ql.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.time.StepGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationResolverTest {
    private static final StepGrid GRID = new StepGrid(1_000_000, 4_600_000, 15_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up[step()]|up[15s]",
                "up[range()]|up[1h]",
                "up[2 * step() + 1]|up[31s]",
                "up[1m * 0.3333]|up[19s997ms]",
                "up[2^3^2]|up[8m32s]",
                "up[-(-5m)]|up[5m]",
                "up[min_of(step(), 1m)]|up[15s]",
                "up[max_of(step(), 1m)]|up[1m]",
                "up[7m % 2m]|up[1m]",
                "up[5m] offset -(step() + 1m)|up[5m] offset -1m15s",
                "up offset (step() - 15)|up",
                "sum(rate(up[4 * step()]))[range() / 2:step()] offset range()|sum(rate(up[1m]))[30m:15s] offset 1h",
            })
    void knowsStepAndRange(String query, String expected) {
        assertThat(PromPrinter.print(DurationResolver.resolve(PromParser.parse(query), GRID)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up[step() - 15]|duration must be greater than 0",
                "up[5m:step() - 1m]|duration must be greater than 0",
                "up[1m / (step() - 15)]|division by zero",
                "up[1m % (step() - 15)]|modulo by zero",
                "up[10 ^ 30]|duration is out of range",
                "up offset (0 - 10 ^ 30)|duration is out of range",
                "up[(0 - 8) ^ 0.5]|duration must be greater than 0",
            })
    void refusesLengthsThatAreNone(String query, String message) {
        PromExpr parsed = PromParser.parse(query);
        assertThatThrownBy(() -> DurationResolver.resolve(parsed, GRID))
                .isInstanceOf(Fault.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"up[step()]", "up[range()]"})
    void anInstantQueryHasNeither(String query) {
        PromExpr parsed = PromParser.parse(query);
        assertThatThrownBy(() -> DurationResolver.resolve(parsed, StepGrid.instant(0)))
                .hasMessage("duration must be greater than 0");
    }
}
