package io.lambdascope.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class QueryBudgetTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static QueryBudget budget(Instant deadline) {
        return new QueryBudget(
                new QueryBudget.Limits(100, 2, 1000, Long.MIN_VALUE), InstantSource.fixed(NOW), deadline);
    }

    @Test
    void samplesCountWhileTheyAreHeld() {
        QueryBudget budget = budget(Instant.MAX);
        budget.hold(60);
        budget.release(60);
        budget.hold(100);
        assertThat(budget.peak()).isEqualTo(100);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> budget.hold(1))
                .withMessage("query processing would load too many samples into memory in query execution")
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.OVER_LIMIT);
    }

    @Test
    void seriesAndBytesCountOverTheWholeQuery() {
        QueryBudget budget = budget(Instant.MAX);
        budget.chargeSeries(2);
        budget.chargeBytes(1000);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> budget.chargeSeries(1))
                .withMessageContaining("more than the 2 series");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> budget.chargeBytes(1))
                .withMessageContaining("more than the 1000 bytes");
    }

    @Test
    void theFirstLookAtTheClockFindsADeadlineThatHasPassed() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> budget(NOW.minusMillis(1)).checkDeadline())
                .withMessage("query timed out in expression evaluation")
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.TIMEOUT);
        budget(NOW).checkDeadline();
    }
}
