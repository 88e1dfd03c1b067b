package io.lambdascope.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final long MINUTE = 60_000;
    private static final long START = 1_795_000_000_000L;

    @Test
    void nothingIsKnownOfARateUntilTheSecondCommit() {
        Usage usage = Usage.NONE.plus(1000, 50, 7, START);
        assertThat(usage.itemsPerSecond(START)).isZero();
        assertThat(usage.activeSeries(START)).isEqualTo(7);
        usage = usage.plus(600, 50, 5, START + 10 * MINUTE);
        assertThat(usage.itemsPerSecond(START + 10 * MINUTE)).isEqualTo(1.0);
        assertThat(usage.activeSeries(START + 10 * MINUTE)).isEqualTo(7);
        assertThat(usage.items()).isEqualTo(1600);
        assertThat(usage.bytes()).isEqualTo(100);
    }

    /// Whatever the intervals, the rate of a steady stream is its rate, and a change is seen within 45 minutes.
    @Test
    void theRateIsThatOfTheLastMarks() {
        Usage usage = Usage.NONE;
        long now = START;
        for (int i = 0; i < 100; i++) {
            long minutes = 1 + i * 7 % 13;
            now += minutes * MINUTE;
            usage = usage.plus(60 * minutes, 1, 100, now);
            if (i > 0) {
                assertThat(usage.itemsPerSecond(now)).isCloseTo(1.0, Offset.offset(1e-9));
            }
        }
        for (int i = 0; i < 5; i++) {
            now += 10 * MINUTE;
            usage = usage.plus(60 * 10 * 5, 1, 30, now);
        }
        assertThat(usage.itemsPerSecond(now)).isCloseTo(5.0, Offset.offset(1e-9));
        assertThat(usage.activeSeries(now)).isEqualTo(30);
    }

    @Test
    void whoIsIdleHasNoRateAndBeginsAnew() {
        Usage usage = Usage.NONE.plus(600, 1, 7, START).plus(600, 1, 7, START + 10 * MINUTE);
        assertThat(usage.itemsPerSecond(START + 54 * MINUTE)).isEqualTo(1.0);
        assertThat(usage.itemsPerSecond(START + 56 * MINUTE)).isZero();
        assertThat(usage.activeSeries(START + 56 * MINUTE)).isZero();
        long back = START + 600 * MINUTE;
        usage = usage.plus(6000, 1, 9, back);
        assertThat(usage.itemsPerSecond(back)).isZero();
        assertThat(usage.plus(1200, 1, 9, back + 10 * MINUTE).itemsPerSecond(back + 10 * MINUTE))
                .isEqualTo(2.0);
        assertThat(usage.items()).isEqualTo(7200);
    }
}
