package io.lambdascope.compact.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsRehearsalTest {
    private static final int SERIES = 2;

    @TempDir
    Path scratch;

    /// Functions start at any time: also when the last minute lies in two hours, windows or days.
    static Stream<Instant> times() {
        Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
        return Stream.of(-3600, -61, -30, -1, 0, 1, 30, 59, 61, 3600, 7200 + 10).map(midnight::plusSeconds);
    }

    @ParameterizedTest
    @MethodSource("times")
    void leavesABlockAndASegmentAtAnyTime(Instant time) {
        InstantSource clock = InstantSource.fixed(time);
        MetricsRehearsal data = MetricsRehearsal.run(clock, new SplittableRandom(1), scratch);
        List<Unit> units = new CatalogFinder(data.catalog(), data.head(), clock)
                .find(MetricsRehearsal.TENANT, Signal.METRICS, TimeRange.ALWAYS)
                .units();
        assertThat(units).anyMatch(Unit::isSegment).anyMatch(unit -> !unit.isSegment());
        assertThat(scratch).as("files are gone when they are uploaded").isEmptyDirectory();
        assertThat(units.stream().map(Unit::range).reduce(TimeRange::union).orElseThrow())
                .extracting(range ->
                        Duration.ofNanos(range.toNanos() - range.fromNanos()).toSeconds())
                .isEqualTo(59L);
        assertThat(units).allSatisfy(unit -> assertThat(unit.rows()).isBetween((long) SERIES, 60L));
    }
}
