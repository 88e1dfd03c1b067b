package io.lambdascope.compact;

import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogDeletion;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Reads what compaction needs to know, and no more: level 2, which is most of the catalog, only where it
/// matters.
final class SnapshotReader {
    private static final long HOUR_MILLIS = 3_600_000L;
    /// How far a writer's clock may be ahead of ours.
    private static final long CLOCK_SKEW_MILLIS = 60_000L;

    private final Catalog catalog;
    private final HeadStore head;
    private final CompactionPlanner planner;

    SnapshotReader(Catalog catalog, HeadStore head, CompactionPlanner planner) {
        this.catalog = catalog;
        this.head = head;
        this.planner = planner;
    }

    /// Everything in the head.
    List<ArrivedSegment> arrived(CatalogState state, long nowMillis) {
        long lastHour = Math.floorDiv(nowMillis + CLOCK_SKEW_MILLIS, HOUR_MILLIS);
        List<ArrivedSegment> arrived = new ArrayList<>();
        for (long hour = state.headHour(); hour <= lastHour; hour++) {
            for (Unit unit : head.find(state.tenant(), state.signal(), hour, hour)) {
                arrived.add(new ArrivedSegment(hour, unit));
            }
        }
        return arrived;
    }

    /// @param compactor says which rows a deletion may pick
    CompactionSnapshot read(
            CatalogState state,
            List<ArrivedSegment> arrived,
            SignalCompactor compactor,
            Duration retention,
            long nowMillis,
            Duration ahead) {
        Tenant tenant = state.tenant();
        Signal signal = state.signal();
        Catalog.Recent recent = catalog.recent(tenant, signal);
        List<CatalogBlock> level1 = catalog.blocks(tenant, signal, 1, TimeRange.ALWAYS);
        Map<String, CatalogBlock> level2 = new LinkedHashMap<>();
        for (long day : planner.daysToMerge(level1, nowMillis + ahead.toMillis())) {
            TimeRange range = new TimeRange(day, day + BlockWindow.nanosOf(2));
            catalog.blocks(tenant, signal, 2, range)
                    .forEach(block -> level2.put(block.unit().id(), block));
        }
        if (!retention.isZero()) {
            long expiry = TimeRange.millisToNanos(nowMillis - retention.toMillis());
            catalog.blocks(tenant, signal, 2, new TimeRange(Long.MIN_VALUE, expiry))
                    .forEach(block -> level2.put(block.unit().id(), block));
        }
        for (CatalogDeletion due : planner.dueDeletions(recent.deletions(), state, nowMillis + ahead.toMillis())) {
            catalog.blocks(tenant, signal, 2, due.deletion().range())
                    .forEach(block -> level2.put(block.unit().id(), block));
        }
        UnaryOperator<CatalogBlock> mark =
                block -> block.with(marked(block.unit(), recent.deletionsOf(block), compactor));
        return new CompactionSnapshot(
                state,
                arrived.stream()
                        .map(segment -> new ArrivedSegment(
                                segment.hour(), marked(segment.unit(), recent.deletionsOf(segment.unit()), compactor)))
                        .toList(),
                new Catalog.Recent(
                        recent.blocks().stream().map(mark).toList(),
                        recent.taken(),
                        recent.deletions(),
                        recent.setAside()),
                level1.stream().map(mark).toList(),
                level2.values().stream().map(mark).toList(),
                catalog.garbage(tenant, signal));
    }

    private static Unit marked(Unit unit, List<Deletion> deletions, SignalCompactor compactor) {
        return unit.without(deletions.stream()
                .filter(deletion -> compactor.mayHold(unit, deletion))
                .toList());
    }
}
