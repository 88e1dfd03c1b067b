package io.lambdascope.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.compact.CompactionWorld.Function;
import io.lambdascope.compact.TextRows.Row;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pushes, deletions, two compactors and readers at once, in orders that a seed decides, each killed now and then,
/// or disturbed, at one of its calls: every reader sees every acknowledged row exactly once and no deleted one, and
/// in the end nothing is lost and nothing is left.
class CompactionSimulationTest {
    private static final int WORLDS_PER_BATCH = 100;

    /// Each world has about fifteen rounds, each of them a schedule of its own.
    static LongStream batches() {
        return LongStream.range(0, Long.getLong("lambdascope.compaction.batches", 2));
    }

    @ParameterizedTest(name = "seeds {0}00 to {0}99")
    @MethodSource("batches")
    void everyRowIsSeenExactlyOnce(long batch) throws Exception {
        FutureTask<Void> worlds = new FutureTask<>(() -> simulateAll(batch), null);
        // among virtual threads alone, handing over from actor to actor is cheap
        Thread.startVirtualThread(worlds);
        worlds.get();
    }

    private static void simulateAll(long batch) {
        int gone = 0;
        for (long seed = batch * WORLDS_PER_BATCH; seed < (batch + 1) * WORLDS_PER_BATCH; seed++) {
            try {
                gone += simulate(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(gone).isGreaterThan(WORLDS_PER_BATCH);
    }

    /// @return how many rows were deleted
    private static int simulate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // that claims keep compactors apart must not be what keeps data whole
        CompactionWorld world =
                new CompactionWorld(random, random.nextBoolean() ? CompactionWorld.SMALL : CompactionWorld.UNCLAIMED);
        List<List<Row>> history = new ArrayList<>();
        int rounds = 5 + random.nextInt(25);
        for (int round = 0; round < rounds; round++) {
            Lockstep steps = world.lockstep();
            int pushes = random.nextInt(5);
            for (int i = 0; i < pushes; i++) {
                List<Row> rows = randomRows(random, world.now());
                history.add(rows);
                Function function = world.function(steps);
                steps.start(breaks(random, 8), () -> world.push(function, rows));
            }
            if (!history.isEmpty() && random.nextInt(10) == 0) {
                List<Row> rows = history.get(random.nextInt(history.size()));
                Function function = world.function(steps);
                steps.start(-1, () -> world.repeat(function, rows));
            }
            if (random.nextInt(4) == 0) {
                String prefix = "s" + random.nextInt(10);
                TimeRange range = randomRange(random, world.now());
                Function function = world.function(steps);
                steps.start(breaks(random, 10), () -> world.delete(function, prefix, range));
            }
            if (random.nextInt(10) == 0) {
                Function function = world.function(steps);
                steps.start(breaks(random, 4), () -> world.applySoon(function));
            }
            for (int i = 0; i < 2; i++) {
                Function function = world.function(steps);
                steps.start(breaks(random, 60), () -> world.tick(function));
            }
            for (int i = 0; i < 2; i++) {
                Function function = world.function(steps);
                steps.start(-1, () -> world.readAll(function));
            }
            steps.run();
            world.advance(pause(random));
        }
        settle(world);
        return world.gone().size();
    }

    /// For half of all actors one of their first `calls` calls breaks.
    private static int breaks(SplittableRandom random, int calls) {
        return random.nextBoolean() ? -1 : 1 + random.nextInt(calls);
    }

    private static Duration pause(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Duration.ofSeconds(random.nextInt(60));
            case 1, 2 -> Duration.ofMinutes(random.nextInt(15));
            case 3, 4 -> Duration.ofMinutes(random.nextInt(90));
            default -> Duration.ofHours(random.nextInt(30));
        };
    }

    private static TimeRange randomRange(SplittableRandom random, long nowMillis) {
        return switch (random.nextInt(3)) {
            case 0 -> TimeRange.ALWAYS;
            case 1 ->
                TimeRange.ofMillisInclusive(
                        nowMillis - random.nextLong(Duration.ofHours(5).toMillis()), nowMillis);
            default ->
                TimeRange.ofMillisInclusive(
                        Long.MIN_VALUE,
                        nowMillis - random.nextLong(Duration.ofDays(2).toMillis()));
        };
    }

    private static List<Row> randomRows(SplittableRandom random, long nowMillis) {
        List<Row> rows = new ArrayList<>();
        long late = switch (random.nextInt(8)) {
            case 0 -> Duration.ofHours(random.nextInt(300)).toMillis();
            case 1 -> Duration.ofDays(random.nextInt(700)).toMillis();
            default -> 0;
        };
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long spread = random.nextInt(20) == 0 ? Duration.ofDays(60).toMillis() : 30_000;
            long millis = nowMillis - late - random.nextLong(spread);
            rows.add(new Row(millis, "s" + random.nextInt(50) + "-" + random.nextInt(1_000_000)));
        }
        return rows;
    }

    /// Lets time pass with nobody dying: everything ends in blocks of the top level, and nothing else is left.
    private static void settle(CompactionWorld world) {
        Function function = world.function();
        for (int tick = 0; tick < 20; tick++) {
            world.advance(tick % 2 == 0 ? Duration.ofHours(13) : Duration.ofMinutes(11));
            CompactReport report = world.tick(function);
            assertThat(report.failed() + report.lost() + report.unfinished()).isZero();
        }
        world.readAll(function);
        List<Unit> units = world.units(function);
        assertThat(units).allSatisfy(unit -> assertThat(unit.level()).isEqualTo(2));
        List<String> live = units.stream()
                .map(unit -> ((Unit.Place.Prefix) unit.place()).prefix() + "rows.txt")
                .sorted()
                .toList();
        assertThat(world.objects().list("", null).objects().stream().map(ObjectStore.Listed::key))
                .isEqualTo(live);
        Catalog catalog = new Catalog(world.catalogItems(), () -> Instant.ofEpochMilli(world.now()));
        assertThat(catalog.garbage(CompactionWorld.TENANT, Signal.METRICS)).isEmpty();
        assertThat(catalog.recent(CompactionWorld.TENANT, Signal.METRICS).taken())
                .isEmpty();
        assertThat(catalog.recent(CompactionWorld.TENANT, Signal.METRICS).deletions())
                .isEmpty();
        if (!world.acknowledged().isEmpty()) {
            long headHour = catalog.state(CompactionWorld.TENANT, Signal.METRICS)
                    .orElseThrow()
                    .headHour();
            assertThat(headHour).isGreaterThanOrEqualTo(world.now() / 3_600_000 - 2);
        }
    }
}
