package io.lambdascope.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.ingest.RateLimiter.Rate;
import io.lambdascope.limits.Tenant;
import io.lambdascope.store.CostMeter;
import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.MeteredTable;
import io.lambdascope.store.Table;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.FaultyTable;
import io.lambdascope.testkit.store.Injection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateLimiterTest {
    private static final Tenant SHOP = new Tenant("shop");
    private static final Rate HUNDRED = new Rate("ingestion_rate", 100, 1000, "too many");

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final InstantSource clock = () -> now;
    private final CostMeter meter = new CostMeter();
    private final Table table = new MeteredTable(new MemoryTable(), meter);

    private static boolean taken(RateLimiter limiter, Tenant tenant, Rate rate, long amount) {
        try {
            limiter.take(tenant, rate, amount);
            return true;
        } catch (Fault fault) {
            assertThat(fault.kind()).isEqualTo(FaultKind.RATE_LIMITED);
            assertThat(fault).hasMessage(rate.refusal());
            return false;
        }
    }

    @Test
    void aBurstAndThenTheRate() {
        RateLimiter limiter = new RateLimiter(table, clock);
        long burst = 0;
        while (taken(limiter, SHOP, HUNDRED, 10)) {
            burst += 10;
        }
        assertThat(burst).isBetween(1000L, 1200L);
        long after = 0;
        for (int second = 0; second < 600; second++) {
            now = now.plusSeconds(1);
            while (taken(limiter, SHOP, HUNDRED, 10)) {
                after += 10;
            }
        }
        assertThat(after).isBetween(100 * 598L, 100 * 602L);
        assertThat(taken(limiter, new Tenant("other"), HUNDRED, 10)).isTrue();
    }

    @Test
    void onePushLargerThanTheBucketIsTakenAndPaidBack() {
        RateLimiter limiter = new RateLimiter(table, clock);
        assertThat(taken(limiter, SHOP, HUNDRED, 5000)).isTrue();
        int seconds = 0;
        while (!taken(limiter, SHOP, HUNDRED, 1)) {
            now = now.plusSeconds(1);
            seconds++;
        }
        assertThat(seconds).isBetween(39, 41);
    }

    @Test
    void instancesThatStartTogetherLeaveSomethingForEachOther() {
        Rate logs = new Rate("logs.ingestion_rate_mb", 4_000_000, 6_000_000, "too many");
        for (int instance = 0; instance < 5; instance++) {
            assertThat(taken(new RateLimiter(table, clock), SHOP, logs, 1000)).isTrue();
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(5).longs(8));
    }

    /// Whatever instances there are and however they come and go, all of them together keep to the rate; each may hold
    /// two seconds' worth, and overdraw by one push.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allInstancesTogetherKeepToTheRate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int instances = 1 + random.nextInt(12);
        List<RateLimiter> limiters = Stream.generate(() -> new RateLimiter(table, clock))
                .limit(instances)
                .toList();
        int largest = 1 + random.nextInt(300);
        long asked = 0;
        long admitted = 0;
        Instant start = now;
        for (int i = 0; i < 20_000; i++) {
            long amount = 1 + random.nextInt(largest);
            asked += amount;
            if (taken(limiters.get(random.nextInt(instances)), SHOP, HUNDRED, amount)) {
                admitted += amount;
            }
            now = now.plusMillis(random.nextInt(200));
        }
        double seconds = (now.toEpochMilli() - start.toEpochMilli()) / 1000.0;
        double most = 1000 + seconds * 100 + instances * (200 + 2.0 * largest);
        assertThat((double) admitted).isLessThanOrEqualTo(most);
        assertThat((double) admitted).isGreaterThanOrEqualTo(0.95 * Math.min(asked, seconds * 100));
        // not one for each request: as many as tokens are used up by two seconds' worth, or by pushes larger than that
        assertThat(meter.bill().line(Operation.DYNAMO_TRANSACT).calls())
                .isLessThanOrEqualTo((long) (most / 200) + instances + admitted / 200 + 1);
    }

    @Test
    void aFloodAsksTheTableOnlyWhenItMayHaveSomething() {
        RateLimiter limiter = new RateLimiter(table, clock);
        assertThat(taken(limiter, SHOP, HUNDRED, 5000)).isTrue();
        for (int i = 0; i < 10_000; i++) {
            assertThat(taken(limiter, SHOP, HUNDRED, 5000)).isFalse();
        }
        assertThat(meter.bill().line(Operation.DYNAMO_GET).calls()).isEqualTo(2);
    }

    @Test
    void aBucketThatCannotBeAskedRefusesNothing() {
        Table away = new FaultyTable(new MemoryTable(), new FaultSchedule((_, _) -> Injection.BEFORE));
        RateLimiter limiter = new RateLimiter(away, clock);
        for (int i = 0; i < 100; i++) {
            assertThat(taken(limiter, SHOP, HUNDRED, 1000)).isTrue();
        }
    }

    /// An answer that is lost has taken tokens that nobody spends; that is all.
    @Test
    void anAnswerThatIsLostCostsTwoSecondsWorth() {
        Table table = new FaultyTable(new MemoryTable(), FaultSchedule.at(2, Injection.AFTER));
        RateLimiter limiter = new RateLimiter(table, clock);
        long burst = 0;
        while (taken(limiter, SHOP, HUNDRED, 10)) {
            burst += 10;
        }
        assertThat(burst).isBetween(800L, 1010L);
    }

    @Test
    void otherNumbersAreAnotherBucket() {
        RateLimiter limiter = new RateLimiter(table, clock);
        Rate slow = new Rate("ingestion_rate", 0.01, 1, "too many");
        assertThat(taken(limiter, SHOP, slow, 1000)).isTrue();
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> limiter.take(SHOP, slow, 1));
        assertThat(taken(limiter, SHOP, HUNDRED, 10)).isTrue();
    }
}
