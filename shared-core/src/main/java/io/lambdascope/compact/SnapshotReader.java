package io.lambdascope.compact;

import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    CompactionSnapshot read(
            CatalogState state, List<ArrivedSegment> arrived, Duration retention, long nowMillis, Duration ahead) {
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
        return new CompactionSnapshot(
                state, arrived, recent, level1, List.copyOf(level2.values()), catalog.garbage(tenant, signal));
    }
}
