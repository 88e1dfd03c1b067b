package io.lambdascope.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.RegisteredHead;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.catalog.Setback;
import io.lambdascope.compact.CompactionWorld.Function;
import io.lambdascope.compact.TextRows.Row;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Table;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompactServiceTest {
    private final CompactionWorld world = new CompactionWorld(new SplittableRandom(1), CompactionWorld.SMALL);
    private final Function function = world.function();

    private static List<Row> rows(long millis, String... names) {
        return java.util.Arrays.stream(names).map(name -> new Row(millis, name)).toList();
    }

    private static CompactRequest only(Signal signal) {
        return new CompactRequest(Optional.of(new RegisteredHead(CompactionWorld.TENANT, signal)), Duration.ZERO);
    }

    private List<Integer> levels() {
        return world.units(function).stream().map(Unit::level).sorted().toList();
    }

    @Test
    void defaultsAreWhatTheDocumentSays() {
        assertThat(CompactSettings.DEFAULTS)
                .isEqualTo(new CompactSettings(
                        Duration.ofMinutes(10),
                        16 << 20,
                        500,
                        128 << 20,
                        1 << 30,
                        32,
                        Duration.ofMinutes(15),
                        Duration.ofHours(1),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(20),
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(15),
                        Duration.ofHours(24),
                        Duration.ofMinutes(5)));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new CompactSettings(
                        Duration.ofMinutes(10),
                        1,
                        1,
                        1,
                        1,
                        33,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO))
                .hasMessage("maxJobBlocks must be 2 to 32, not 33");
    }

    @Test
    void whatIsStoredIsCountedOnceWithNoWriteMore() {
        world.push(function, rows(world.now(), "a", "b"));
        world.push(function, rows(world.now(), "c"));
        long bytes = world.units(function).stream().mapToLong(Unit::bytes).sum();
        world.advance(Duration.ofMinutes(11));
        world.tick(function);
        assertThat(world.usage().items()).isEqualTo(3);
        assertThat(world.usage().bytes()).isEqualTo(bytes);
        // merges of blocks move what is counted already
        world.advance(Duration.ofHours(3));
        world.tick(function);
        assertThat(levels()).containsExactly(1);
        assertThat(world.usage().items()).isEqualTo(3);
    }

    @Test
    void rowsClimbFromTheHeadToTheTop() {
        world.push(function, rows(world.now(), "a"));
        world.push(function, rows(world.now(), "b"));
        assertThat(levels()).containsExactly(-1, -1);
        world.advance(Duration.ofMinutes(11));
        assertThat(world.tick(function)).isEqualTo(new CompactReport(1, 1, 1, 0, 0, 0, 0, 0, 0));
        assertThat(levels()).containsExactly(0);
        world.advance(Duration.ofHours(3));
        world.tick(function);
        assertThat(levels()).containsExactly(1);
        world.advance(Duration.ofHours(30));
        world.tick(function);
        assertThat(levels()).containsExactly(2);
        world.readAll(function);
    }

    @Test
    void aheadOfTimeRowsClimbAtOnceAndStayReadable() {
        world.push(function, rows(world.now(), "a"));
        for (int level = 0; level <= 2; level++) {
            CompactRequest ahead = CompactRequest.of(Map.of("aheadMinutes", 60 * 60));
            assertThat(function.compact().compact(ahead, world.deadline()).jobs())
                    .isEqualTo(1);
            assertThat(levels()).containsExactly(level);
            world.readAll(function);
        }
        world.push(function, rows(world.now(), "b"));
        assertThat(levels()).containsExactly(-1, 2);
        world.readAll(function);
    }

    @Test
    void eventsSayWhatToCompact() {
        assertThat(CompactRequest.of(Map.of("source", "aws.scheduler", "time", "2026-03-01T08:17:00Z")))
                .isEqualTo(CompactRequest.ALL);
        assertThat(CompactRequest.of(Map.of("tenant", "shop", "signal", "metrics")))
                .isEqualTo(only(Signal.METRICS));
        assertThatThrownBy(() -> CompactRequest.of(Map.of("tenant", "shop")))
                .hasMessage("an event for one tenant has the texts \"tenant\" and \"signal\", both");
        assertThatThrownBy(() -> CompactRequest.of(Map.of("tenant", "shop", "signal", "news")))
                .hasMessage("signal must be one of [metrics, logs, traces, profiles], not \"news\"");
        assertThatThrownBy(() -> CompactRequest.of(Map.of("aheadMinutes", -1)))
                .hasMessage("aheadMinutes must be a number from 0 to 527040, not -1");
    }

    @Test
    void retentionIsWrittenBySignalAndTenant() {
        RetentionTable table = RetentionTable.parse("metrics=400d, traces=36h,shop/metrics=30d , bank/metrics=0,");
        assertThat(table.of(new Tenant("shop"), Signal.METRICS)).isEqualTo(Duration.ofDays(30));
        assertThat(table.of(new Tenant("bank"), Signal.METRICS)).isEqualTo(Duration.ZERO);
        assertThat(table.of(new Tenant("else"), Signal.METRICS)).isEqualTo(Duration.ofDays(400));
        assertThat(table.of(new Tenant("shop"), Signal.TRACES)).isEqualTo(Duration.ofHours(36));
        assertThat(table.of(new Tenant("shop"), Signal.LOGS)).isEqualTo(Duration.ZERO);
        assertThatThrownBy(() -> RetentionTable.parse("metrics=30"))
                .hasMessage("retention \"metrics=30\" must read like metrics=400d or shop/metrics=36h, or =0 for ever");
        assertThatThrownBy(() -> RetentionTable.parse("metrics=1d,metrics=2d"))
                .hasMessage("retention of metrics is said twice");
    }

    @Test
    void anIdleTenantCostsTwoCallsAndTheHoursHead() {
        world.push(function, rows(world.now(), "a"));
        for (int i = 0; i < 20; i++) {
            world.advance(Duration.ofHours(7));
            world.tick(function);
        }
        world.advance(Duration.ofMinutes(1));
        world.tick(function);
        Lockstep steps = world.lockstep();
        Function idle = world.function(steps);
        steps.start(-1, () -> world.tick(idle));
        // the list of tenants, what is swept; the state, the head's one or two open hours
        assertThat(steps.run()).isBetween(4, 5);
    }

    @Test
    void aDayOfIdleTicksWritesOncePerHour() {
        world.push(function, rows(world.now(), "a"));
        for (int i = 0; i < 20; i++) {
            world.advance(Duration.ofHours(7));
            world.tick(function);
        }
        long before = version();
        for (int minute = 0; minute < 24 * 60; minute++) {
            world.advance(Duration.ofMinutes(1));
            world.tick(function);
        }
        // each hour is closed, and now and then somebody looks again
        assertThat(version() - before).isBetween(24L, 35L);
    }

    private CatalogState state() {
        return new Catalog(world.catalogItems(), () -> Instant.ofEpochMilli(world.now()))
                .state(CompactionWorld.TENANT, Signal.METRICS)
                .orElseThrow();
    }

    private long version() {
        return state().version();
    }

    @Test
    void aSegmentThatDoesNotReadIsSetAsideAndKeepsNoOtherInTheHead() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            world.push(function, rows(world.now(), name));
        }
        byte[] bytes = damageOneSegment();
        world.advance(Duration.ofMinutes(11));
        CompactReport report = world.tick(function);
        assertThat(report.setAside()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(world.units(function)).noneMatch(Unit::isSegment);
        assertThat(world.units(function).stream().mapToLong(Unit::rows).sum()).isEqualTo(4);
        SetAside aside = setAside().getFirst();
        assertThat(world.objects().get(aside.prefix() + "segment")).isEqualTo(bytes);
        // a day later orphans have been looked for, and its hour is closed
        world.advance(Duration.ofHours(25));
        assertThat(world.tick(function).failed()).isZero();
        world.advance(Duration.ofMinutes(11));
        assertThat(world.tick(function).failed()).isZero();
        assertThat(world.objects().get(aside.prefix() + "segment")).isEqualTo(bytes);
        assertThat(state().headHour()).isGreaterThanOrEqualTo(world.now() / 3_600_000 - 1);
        assertThat(world.headItems().all()).noneMatch(item -> item.has("bytes"));
    }

    private byte[] damageOneSegment() {
        Table.Item item = world.headItems().all().stream()
                .filter(some -> some.has("bytes"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = item.bytes("bytes");
        bytes[bytes.length - 1] ^= 1;
        Map<String, Table.Attribute> attributes = new HashMap<>(item.attributes());
        attributes.put("bytes", new Table.Attribute.Bytes(bytes));
        world.headItems().putAll(List.of(new Table.Item(item.key(), attributes, 0)));
        return bytes;
    }

    private List<SetAside> setAside() {
        Catalog catalog = new Catalog(world.catalogItems(), () -> Instant.ofEpochMilli(world.now()));
        return catalog.recent(CompactionWorld.TENANT, Signal.METRICS).setAside();
    }

    @Test
    void whatIsSetAsideGoesWhenItsTimeIsOver() {
        world.push(function, rows(world.now(), "a"));
        byte[] _ = damageOneSegment();
        world.advance(Duration.ofMinutes(11));
        assertThat(world.tick(function).setAside()).isEqualTo(1);
        world.retention(Duration.ofDays(2));
        world.advance(Duration.ofHours(47));
        var _ = world.tick(function);
        assertThat(setAside()).hasSize(1);
        world.advance(Duration.ofHours(2));
        var _ = world.tick(function);
        assertThat(setAside()).isEmpty();
        world.advance(Duration.ofMinutes(11));
        var _ = world.tick(function);
        assertThat(world.objects().list("blocks/", null).objects()).isEmpty();
    }

    @Test
    void aCopyThatNothingNamesIsSweptAsAnOrphan() {
        world.push(function, rows(world.now(), "a"));
        byte[] _ = damageOneSegment();
        world.advance(Duration.ofMinutes(11));
        assertThat(world.tick(function).setAside()).isEqualTo(1);
        world.catalogItems()
                .deleteAll(world.catalogItems().all().stream()
                        .map(Table.Item::key)
                        .filter(key -> key.sort().startsWith("0-set-aside#"))
                        .toList());
        world.advance(Duration.ofHours(25));
        var _ = world.tick(function);
        assertThat(world.objects().list("blocks/", null).objects()).isEmpty();
    }

    @Test
    void anItemThatIsNoSegmentAtAllIsSetAside() {
        world.push(function, rows(world.now(), "a"));
        world.push(function, rows(world.now(), "b"));
        Table.Item item = world.headItems().all().stream()
                .filter(some -> some.has("bytes"))
                .findFirst()
                .orElseThrow();
        world.headItems()
                .putAll(List.of(new Table.Item(
                        item.key(), Map.of("bytes", new Table.Attribute.Bytes(new byte[] {1, 2, 3})), 0)));
        assertThat(world.units(function)).hasSize(2);
        world.advance(Duration.ofMinutes(11));
        assertThat(world.tick(function).setAside()).isEqualTo(1);
        assertThat(levels()).containsExactly(0);
        assertThat(setAside().getFirst().unit().range()).isEqualTo(TimeRange.ALWAYS);
    }

    @Test
    void aBlockThatDoesNotReadIsSetAsideAndKeepsNoOtherFromTheNextLevel() {
        for (String name : List.of("a", "b", "c")) {
            world.push(function, rows(world.now(), name));
            world.advance(Duration.ofMinutes(11));
            var _ = world.tick(function);
        }
        assertThat(levels()).containsExactly(0, 0, 0);
        Unit bad = world.units(function).getFirst();
        String key = ((Unit.Place.Prefix) bad.place()).prefix() + "rows.txt";
        world.objects().put(key, new byte[] {1, 2, 3});
        world.advance(Duration.ofHours(5));
        CompactReport report = world.tick(function);
        assertThat(report.setAside()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(levels()).doesNotContain(0);
        assertThat(setAside().getFirst().unit().id()).isEqualTo(bad.id());
        world.advance(Duration.ofHours(25));
        var _ = world.tick(function);
        assertThat(world.objects().get(key)).hasSize(3);
    }

    @Test
    void moreThanCanGoBadByChanceAreLeftWhereTheyAre() {
        for (int i = 0; i < SetAside.MOST + 3; i++) {
            function.head()
                    .append(List.of(SegmentFormat.encode(
                            CompactionWorld.TENANT,
                            Signal.METRICS,
                            TimeRange.millisToNanos(world.now() + i),
                            TimeRange.millisToNanos(world.now() + i),
                            1,
                            new byte[0],
                            new byte[] {1},
                            1,
                            1)));
        }
        world.advance(Duration.ofMinutes(11));
        CompactReport report = world.tick(function);
        assertThat(report.setAside()).isEqualTo(SetAside.MOST);
        assertThat(report.failed()).isEqualTo(3);
        assertThat(levels()).containsExactly(-1, -1, -1);
    }

    @Test
    void oneTenantsFaultDoesNotKeepOthersWaiting() {
        world.push(function, rows(world.now(), "a"));
        function.head()
                .append(List.of(SegmentFormat.encode(
                        CompactionWorld.TENANT, Signal.LOGS, 0, 0, 1, new byte[0], new byte[0], 0, 1)));
        world.advance(Duration.ofMinutes(11));
        CompactReport report = world.tick(function);
        assertThat(report.heads()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(levels()).containsExactly(0);
        assertThatThrownBy(() -> function.compact().compact(only(Signal.LOGS), world.deadline()))
                .hasMessage("there is no compaction of logs");
    }

    @Test
    void noJobIsBegunThatTimeMayNotBeEnoughFor() {
        world.push(function, rows(world.now(), "a"));
        world.advance(Duration.ofMinutes(11));
        CompactReport late = function.compact()
                .compact(
                        only(Signal.METRICS),
                        world.deadline().minus(Duration.ofMinutes(12)).minusMillis(1));
        assertThat(late).isEqualTo(new CompactReport(1, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(levels()).containsExactly(-1);
        assertThat(world.tick(function).jobs()).isEqualTo(1);
    }

    @Test
    void aMergeThatDoesNotFitIsDroppedAndTriedWithLess() {
        for (int i = 0; i < 6; i++) {
            world.push(function, rows(world.now(), "a" + i));
        }
        world.advance(Duration.ofMinutes(11));
        // fifteen minutes are enough for three rows
        world.eachRow(() -> world.advance(Duration.ofMinutes(4)));
        assertThat(world.tick(function)).isEqualTo(new CompactReport(1, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(state().setback()).isEqualTo(new Setback(0, 1, world.now()));
        assertThat(levels()).containsOnly(-1).hasSize(6);
        assertThat(world.objects().list("blocks/", null).objects()).isEmpty();
        for (int run = 0; run < 2; run++) {
            world.advance(Duration.ofMinutes(11));
            assertThat(world.tick(function).jobs()).isPositive();
        }
        world.eachRow(() -> {});
        assertThat(levels()).doesNotContain(-1);
        world.readAll(function);
    }

    @Test
    void aMergeThatNeverFitsIsTriedEverMoreSeldom() {
        world.push(function, rows(world.now(), "slow"));
        List<Long> tries = new ArrayList<>();
        world.eachRow(() -> {
            tries.add(world.now());
            world.advance(Duration.ofHours(1));
        });
        long start = world.now();
        for (int minute = 0; minute < 10 * 24 * 60; minute++) {
            world.advance(Duration.ofMinutes(1));
            world.tick(function);
        }
        List<Long> days =
                tries.stream().map(at -> Duration.ofMillis(at - start).toDays()).toList();
        assertThat(days).filteredOn(day -> day == 0).hasSizeBetween(6, 12);
        assertThat(days).filteredOn(day -> day > 2).hasSizeBetween(7, 21);
        world.eachRow(() -> {});
        world.advance(Duration.ofDays(2));
        world.tick(function);
        assertThat(levels()).containsExactly(0);
    }

    @Test
    void whileSomebodyMergesOthersKeepAway() {
        world.push(function, rows(world.now(), "a"));
        world.advance(Duration.ofMinutes(11));
        List<CompactReport> meanwhile = new ArrayList<>();
        world.eachRow(() -> meanwhile.add(world.tick(world.function())));
        assertThat(world.tick(function).jobs()).isEqualTo(1);
        assertThat(meanwhile).containsExactly(new CompactReport(1, 0, 0, 0, 1, 0, 0, 0, 0));
        world.eachRow(() -> {});
        world.advance(Duration.ofHours(3));
        assertThat(world.tick(world.function()).jobs()).isEqualTo(1);
    }

    @Test
    void eachMergeClaimsAnew() {
        for (int i = 0; i <= CompactionWorld.SMALL.headMaxSegments(); i++) {
            world.push(function, rows(world.now() + i, "a"));
        }
        List<Integer> busy = new ArrayList<>();
        AtomicInteger rows = new AtomicInteger();
        world.eachRow(() -> {
            if (rows.getAndIncrement() % CompactionWorld.SMALL.headMaxSegments() == 0) {
                world.advance(Duration.ofMinutes(4));
                busy.add(world.tick(world.function()).busy());
            }
        });
        assertThat(world.tick(function).jobs()).isEqualTo(2);
        assertThat(busy).containsExactly(1, 1);
    }

    @Test
    void whoDiedIsWaitedForNoLongerThanAClaimLasts() {
        world.push(function, rows(world.now(), "a"));
        world.advance(Duration.ofMinutes(11));
        Lockstep steps = world.lockstep();
        Function mortal = world.function(steps);
        world.eachRow(steps::kill);
        steps.start(-1, () -> world.tick(mortal));
        steps.run();
        world.eachRow(() -> {});
        assertThat(world.tick(function).busy()).isEqualTo(1);
        world.advance(Duration.ofMinutes(5));
        assertThat(world.tick(function).jobs()).isEqualTo(1);
    }

    @Test
    void retentionDropsBlocksAndTheirObjects() {
        world.push(function, rows(world.now(), "old"));
        world.advance(Duration.ofMinutes(11));
        world.tick(function);
        world.retention(Duration.ofDays(2));
        world.advance(Duration.ofDays(3));
        assertThat(world.tick(function).blocksExpired()).isEqualTo(1);
        assertThat(function.finder()
                        .find(CompactionWorld.TENANT, Signal.METRICS, TimeRange.ALWAYS)
                        .units())
                .isEmpty();
        assertThat(world.objects().list("blocks/", null).objects()).hasSize(1);
        world.advance(Duration.ofMinutes(11));
        world.tick(function);
        assertThat(world.objects().list("", null).objects()).isEmpty();
    }

    @Test
    void aRunKilledAtAnyCallIsTakenUpByTheNext() {
        int killedAt = 0;
        boolean died;
        do {
            killedAt++;
            CompactionWorld fresh = new CompactionWorld(new SplittableRandom(killedAt), CompactionWorld.SMALL);
            fresh.sweptBefore();
            died = killedAt(fresh, killedAt);
        } while (died);
        assertThat(killedAt).isGreaterThan(400);
    }

    /// A life from head to top; the compactor is killed at its call number `killedAt`, counted over all runs.
    private static boolean killedAt(CompactionWorld fresh, int killedAt) {
        Function writer = fresh.function();
        int left = killedAt;
        boolean died = false;
        for (int run = 0; run < 12; run++) {
            if (run < 6) {
                fresh.push(writer, rows(fresh.now(), "a" + run, "b" + run, "c" + run));
            }
            fresh.advance(run < 8 ? Duration.ofMinutes(25) : Duration.ofHours(26));
            Lockstep steps = fresh.lockstep();
            Function compactor = fresh.function(steps);
            steps.start(left, () -> fresh.tick(compactor));
            int calls = steps.run();
            died |= left > 0 && calls >= left;
            left = died ? -1 : left - calls;
            fresh.readAll(fresh.function());
        }
        assertThat(fresh.units(writer))
                .allSatisfy(unit -> assertThat(unit.level()).isEqualTo(2));
        assertThat(fresh.objects().list("", null).objects()).hasSameSizeAs(fresh.units(writer));
        return died;
    }
}
