package io.lambdascope.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UlidIdsTest {
    private Instant now = Instant.ofEpochMilli(1_469_918_176_385L);

    @Test
    void writesTheTimeAsTheSpecificationDoes() {
        String id = new UlidIds(() -> now, new SplittableRandom(1)).next();
        assertThat(id).hasSize(26).startsWith("01ARYZ6S41").matches("[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    void writesAllBits() {
        RandomGenerator ones = () -> -1L;
        assertThat(new UlidIds(() -> Instant.ofEpochMilli((1L << 48) - 1), ones).next())
                .isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        RandomGenerator zeros = () -> 0L;
        assertThat(new UlidIds(() -> Instant.EPOCH, zeros).next()).isEqualTo("00000000000000000000000000");
    }

    @Test
    void ascendsWithinAMillisecondAndWhenTheClockGoesBack() {
        UlidIds ids = new UlidIds(() -> now, new SplittableRandom(1));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            now = i % 100 == 99 ? now.minusMillis(5) : i % 10 == 9 ? now.plusMillis(1) : now;
            made.add(ids.next());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void movesOnWhenTheRandomBitsAreUsedUp() {
        UlidIds ids = new UlidIds(() -> Instant.EPOCH, () -> -1L);
        assertThat(ids.next()).isEqualTo("0000000000ZZZZZZZZZZZZZZZZ");
        assertThat(ids.next()).isEqualTo("00000000010000000000000000");
    }

    @Test
    void otherRandomnessMakesOtherIds() {
        assertThat(new UlidIds(() -> now, new SplittableRandom(1)).next())
                .isNotEqualTo(new UlidIds(() -> now, new SplittableRandom(2)).next());
    }
}
