package io.lambdascope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.FaultyObjectStore;
import io.lambdascope.testkit.store.Injection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredLimitsTest {
    private static final Tenant SHOP = new Tenant("shop");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryObjectStore objects = new MemoryObjectStore(clock);
    private final CostMeter meter = new CostMeter();
    private boolean away;
    private final StoredLimits limits = new StoredLimits(
            new FaultyObjectStore(
                    new MeteredObjectStore(objects, meter),
                    new FaultSchedule((_, _) -> away ? Injection.BEFORE : Injection.NONE)),
            clock);

    private void write(String json) {
        objects.put(StoredLimits.KEY, json.getBytes(StandardCharsets.UTF_8));
    }

    private void writeMaxSamples(long value) {
        write("{\"overrides\": {\"shop\": {\"max_samples\": %d}}}".formatted(value));
    }

    private long maxSamples() {
        return limits.of(SHOP).get(MetricsLimits.MAX_SAMPLES);
    }

    private void aMinutePasses() {
        now = now.plus(MINUTE);
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        assertThat(maxSamples()).isEqualTo(MetricsLimits.MAX_SAMPLES.defaultValue());
    }

    @Test
    void changesAreSeenAfterAMinute() {
        writeMaxSamples(1);
        assertThat(maxSamples()).isEqualTo(1);
        writeMaxSamples(2);
        now = now.plus(MINUTE.minusMillis(1));
        assertThat(maxSamples()).isEqualTo(1);
        now = now.plusMillis(1);
        assertThat(maxSamples()).isEqualTo(2);
        objects.delete(List.of(StoredLimits.KEY));
        aMinutePasses();
        assertThat(maxSamples()).isEqualTo(MetricsLimits.MAX_SAMPLES.defaultValue());
        writeMaxSamples(2);
        aMinutePasses();
        assertThat(maxSamples()).isEqualTo(2);
    }

    @Test
    void asksOnceAMinuteAndFetchesOnceAChange() {
        writeMaxSamples(1);
        for (int i = 0; i < 10 * 60; i++) {
            assertThat(maxSamples()).isEqualTo(1);
            now = now.plusSeconds(1);
        }
        Bill.Line gets = meter.bill().line(Operation.S3_GET);
        assertThat(gets.calls()).isEqualTo(10);
        assertThat(gets.bytes()).isEqualTo(objects.size(StoredLimits.KEY));
    }

    @Test
    void whatIsWrongChangesNothing() {
        writeMaxSamples(1);
        assertThat(maxSamples()).isEqualTo(1);
        write("{\"overrides\": {\"shop\": {\"max_sample\": 2}}}");
        aMinutePasses();
        assertThat(maxSamples()).isEqualTo(1);
        aMinutePasses();
        away = true;
        assertThat(maxSamples()).isEqualTo(1);
        away = false;
        writeMaxSamples(3);
        aMinutePasses();
        assertThat(maxSamples()).isEqualTo(3);
    }

    @Test
    void whoKnowsNoLimitsGuessesNone() {
        write("{\"overrides\": {\"shop\": {\"max_sample\": 2}}}");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(this::maxSamples)
                .withMessage("the limits of tenants are not known: overrides.shop.max_sample: there is no such limit")
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.UNAVAILABLE);
        away = true;
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(this::maxSamples)
                .withMessageStartingWith("the limits of tenants are not known: injected");
        away = false;
        writeMaxSamples(3);
        assertThat(maxSamples()).isEqualTo(3);
    }
}
