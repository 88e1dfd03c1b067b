package io.lambdascope.catalog;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes a snapshot of head and catalog.
public final class CatalogFinder implements UnitFinder {
    /*
     * Head and catalog are read by several calls, between which compaction may move rows from one unit to
     * another. All it does to what is counted goes through commits, each of which makes a new version: if the
     * version is the same before the first read and after the last, the reads saw one moment. The deletion of
     * head items is no commit, but such items are named as taken until a later commit, so they are left out
     * whether seen or not.
     */
    private static final int MAX_ATTEMPTS = 20;
    private static final long HOUR_MILLIS = 3_600_000L;
    /// How far a writer's clock may be ahead of ours.
    private static final long CLOCK_SKEW_MILLIS = 60_000L;

    private final Catalog catalog;
    private final HeadStore head;
    private final InstantSource clock;

    public CatalogFinder(Catalog catalog, HeadStore head, InstantSource clock) {
        this.catalog = catalog;
        this.head = head;
        this.clock = clock;
    }

    @Override
    public Snapshot find(Tenant tenant, Signal signal, TimeRange range) {
        Optional<CatalogState> before = catalog.state(tenant, signal);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (before.isEmpty()) {
                return Snapshot.EMPTY;
            }
            Snapshot snapshot = read(before.get(), range);
            Optional<CatalogState> after = catalog.state(tenant, signal);
            if (after.map(CatalogState::version).equals(before.map(CatalogState::version))) {
                return snapshot;
            }
            before = after;
        }
        throw new Fault(
                FaultKind.UNAVAILABLE,
                "the catalog of tenant %s, %s, changed %d times while it was read; try again"
                        .formatted(tenant, signal.text(), MAX_ATTEMPTS));
    }

    private Snapshot read(CatalogState state, TimeRange range) {
        Tenant tenant = state.tenant();
        Signal signal = state.signal();
        long toHour = Math.floorDiv(clock.millis() + CLOCK_SKEW_MILLIS, HOUR_MILLIS);
        List<Unit> segments = head.find(tenant, signal, state.headHour(), toHour);
        Catalog.Recent recent = catalog.recent(tenant, signal);
        Set<String> taken = new HashSet<>();
        recent.taken().forEach(some -> taken.addAll(some.segments()));

        List<Unit> units = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Unit segment : segments) {
            // a segment that arrived twice, in two hours, has one id
            if (segment.range().overlaps(range) && !taken.contains(segment.id()) && seen.add(segment.id())) {
                units.add(segment.without(recent.deletionsOf(segment)));
            }
        }
        List<CatalogBlock> blocks = new ArrayList<>();
        recent.blocks().stream()
                .filter(block -> block.unit().range().overlaps(range))
                .forEach(blocks::add);
        for (int level = 1; level <= BlockWindow.TOP_LEVEL; level++) {
            blocks.addAll(catalog.blocks(tenant, signal, level, range));
        }
        blocks.forEach(block -> units.add(block.unit().without(recent.deletionsOf(block))));
        List<Unit> unreadable = recent.setAside().stream()
                .map(SetAside::unit)
                .filter(unit -> unit.range().overlaps(range))
                .toList();
        return new Snapshot(units, unreadable);
    }
}
