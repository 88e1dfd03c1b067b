package io.lambdascope.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.Usage;
import io.lambdascope.compact.TextRows.Row;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A deployment in memory, whose clock stands still until it is told, and in which functions are born and die.
final class CompactionWorld {
    static final Tenant TENANT = new Tenant("shop");
    static final Instant START = Instant.parse("2026-03-01T08:17:00Z");

    /// Small numbers, so that a few rows meet every rule.
    static final CompactSettings SMALL = small(Duration.ofMinutes(5));

    /// The same, and nobody keeps away from what another is at work on.
    static final CompactSettings UNCLAIMED = small(Duration.ZERO);

    private static CompactSettings small(Duration claim) {
        return new CompactSettings(
                Duration.ofMinutes(10),
                4_000,
                6,
                300,
                3_000,
                5,
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(20),
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofMinutes(3),
                Duration.ofSeconds(15),
                Duration.ofHours(24),
                claim);
    }

    private final AtomicLong nowMillis = new AtomicLong(START.toEpochMilli());
    private final AtomicLong lastId = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
    private final Ids ids = () -> "%026d".formatted(lastId.incrementAndGet());
    private final MemoryTable headItems = new MemoryTable();
    private final MemoryTable catalogItems = new MemoryTable();
    private final MemoryObjectStore objects = new MemoryObjectStore(clock);
    private final RandomGenerator random;
    private final CompactSettings settings;
    private Duration retention = Duration.ZERO;
    private Runnable eachRow = () -> {};

    /// Whoever reads must see these …
    private final Set<Row> acknowledged = new TreeSet<>();
    /// … and nothing but these; rows that were pushed again long after may be seen more than once before
    /// reading de-duplicates them.
    private final Set<Row> pushed = new TreeSet<>();

    private final Set<Row> repeated = new TreeSet<>();

    /// These were deleted, and nobody sees them any more.
    private final Set<Row> gone = new TreeSet<>();

    private final List<Deleting> deletings = new ArrayList<>();

    /// A deletion that somebody began; rows that are pushed before it has ended are seen afterwards or not.
    private static final class Deleting {
        private final Deletion deletion;
        private boolean ended;

        Deleting(Deletion deletion) {
            this.deletion = deletion;
        }
    }

    CompactionWorld(RandomGenerator random, CompactSettings settings) {
        this.random = random;
        this.settings = settings;
    }

    /// What a function instance is made of. It forgets what it knows when it dies.
    record Function(HeadStore head, CatalogFinder finder, CompactService compact, Deletions deletions, TextRows rows) {}

    Function function(Lockstep steps) {
        SteppedTable headTable = new SteppedTable(headItems, 4, steps);
        SteppedTable catalogTable = new SteppedTable(catalogItems, 3, steps);
        SteppedObjects steppedObjects = new SteppedObjects(objects, steps);
        Catalog catalog = new Catalog(catalogTable, clock);
        TenantRegistry registry = new TenantRegistry(catalogTable, clock);
        HeadStore head = new HeadStore(
                headTable, steppedObjects, registry, ids, clock, new HeadSettings(90, Duration.ofDays(90)));
        TextRows rows = new TextRows(steppedObjects, ids, () -> eachRow.run());
        CatalogFinder finder = new CatalogFinder(catalog, head, clock);
        return new Function(
                head,
                finder,
                new CompactService(
                        settings,
                        catalog,
                        registry,
                        head,
                        steppedObjects,
                        List.of(rows),
                        (tenant, signal) -> retention,
                        clock,
                        random),
                new Deletions(catalog, finder),
                rows);
    }

    Function function() {
        return function(lockstep());
    }

    Lockstep lockstep() {
        return new Lockstep(random, () -> advance(Duration.ofMillis(random.nextInt(300))));
    }

    /// As if compaction had run for long: it has no week of hours to look through.
    void sweptBefore() {
        long hour = Math.floorDiv(now(), Duration.ofHours(1).toMillis());
        new Catalog(catalogItems, clock).sweptHeadHour(hour - 3);
    }

    void advance(Duration duration) {
        nowMillis.addAndGet(duration.toMillis());
    }

    long now() {
        return nowMillis.get();
    }

    Instant deadline() {
        return clock.instant().plus(Duration.ofMinutes(15));
    }

    void retention(Duration kept) {
        retention = kept;
    }

    /// From now on `work` is done for each row that is merged.
    void eachRow(Runnable work) {
        eachRow = work;
    }

    /// Pushes rows as one segment, again until it is acknowledged.
    void push(Function function, List<Row> rows) {
        push(function, rows, deletings.stream().filter(some -> !some.ended).toList());
    }

    private void push(Function function, List<Row> rows, List<Deleting> concurrent) {
        List<Deleting> meanwhile = new ArrayList<>(concurrent);
        int before = deletings.size();
        pushed.addAll(rows);
        function.head().append(List.of(TextRows.segment(TENANT, rows)));
        meanwhile.addAll(deletings.subList(before, deletings.size()));
        rows.stream()
                .filter(row -> meanwhile.stream().noneMatch(some -> TextRows.isDeleted(row, some.deletion)))
                .forEach(acknowledged::add);
    }

    /// Deletes the rows inside `range` whose names begin with `prefix`.
    void delete(Function function, String prefix, TimeRange range) {
        Deleting deleting = new Deleting(new Deletion("any", prefix, range));
        deletings.add(deleting);
        Set<Row> meant = new TreeSet<>(acknowledged);
        meant.removeIf(row -> !TextRows.isDeleted(row, deleting.deletion));
        acknowledged.removeAll(meant);
        try {
            function.deletions().delete(TENANT, Signal.METRICS, prefix, range);
        } finally {
            deleting.ended = true;
        }
        meant.removeAll(repeated);
        gone.addAll(meant);
    }

    void applySoon(Function function) {
        function.deletions().applySoon(TENANT, Signal.METRICS);
    }

    /// Delivers a segment of long ago again. A deletion that covered it then may still do.
    void repeat(Function function, List<Row> rows) {
        repeated.addAll(rows);
        gone.removeAll(rows);
        push(function, rows, deletings);
    }

    CompactReport tick(Function function) {
        return function.compact().compact(CompactRequest.ALL, deadline());
    }

    /// Reads everything, and checks that each row is there exactly once, and none that is deleted.
    void readAll(Function function) {
        Set<Row> before = new TreeSet<>(acknowledged);
        Set<Row> goneBefore = new TreeSet<>(gone);
        List<Row> seen = new ArrayList<>();
        for (Unit unit :
                function.finder().find(TENANT, Signal.METRICS, TimeRange.ALWAYS).units()) {
            seen.addAll(function.rows().read(unit));
        }
        Map<Row, Integer> times = new HashMap<>();
        seen.forEach(row -> times.merge(row, 1, Integer::sum));
        // what others have begun to delete meanwhile, or to push again, may be seen or not
        before.retainAll(acknowledged);
        goneBefore.retainAll(gone);
        assertThat(times.keySet()).containsAll(before);
        assertThat(goneBefore).noneMatch(times::containsKey);
        assertThat(pushed).containsAll(times.keySet());
        times.forEach((row, count) -> {
            if (count != 1 && !repeated.contains(row)) {
                throw new AssertionError("row %s is seen %d times".formatted(row, count));
            }
        });
    }

    List<Unit> units(Function function) {
        return function.finder().find(TENANT, Signal.METRICS, TimeRange.ALWAYS).units();
    }

    Set<Row> gone() {
        return gone;
    }

    Set<Row> acknowledged() {
        return acknowledged;
    }

    MemoryObjectStore objects() {
        return objects;
    }

    Usage usage() {
        return new Catalog(catalogItems, clock)
                .state(TENANT, Signal.METRICS)
                .orElseThrow()
                .usage();
    }

    MemoryTable catalogItems() {
        return catalogItems;
    }

    MemoryTable headItems() {
        return headItems;
    }

    static Segment segmentOf(List<Row> rows) {
        return TextRows.segment(TENANT, rows);
    }
}
