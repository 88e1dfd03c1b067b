package io.lambdascope.testkit.logs;

import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.SignalScans;
import io.lambdascope.exec.logs.LogsExecutor;
import io.lambdascope.exec.logs.ScanExecutor;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.logs.LogsPlanner;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.store.MemoryObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Logs in segments.
///
/// @param arrivals how many segments the entries arrive in, one behind the other
/// @param repeated how many percent of the entries come a second time, in a later segment
/// @param shards into how many segments of different streams each of those is divided, which say so
/// @param plans when and how to fan out
public record SegmentPlacement(int arrivals, int repeated, int shards, PlanSettings plans) implements LogsPlacement {
    /// Few bytes are enough to fan out, with several pieces of time and streams.
    public static final PlanSettings FANNED_OUT = new PlanSettings(0, 300, 12, 4);

    private static final Tenant TENANT = new Tenant("scripts");

    /// All in one segment, answered here.
    public static final SegmentPlacement ONE = new SegmentPlacement(1, 0, 1, PlanSettings.INLINE);

    @Override
    public PlacedLogs place(List<LogItem> items) {
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        LogsOpener opener = SegmentPlacement::open;
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        SignalScans scans =
                new SignalScans(Map.of(Signal.LOGS, new ScanExecutor(opener, objects, () -> "left", clock)));
        LogsExecutor executor = new LogsExecutor(new LogsPlanner(plans), opener, new FanOut(scans, objects, clock, 1));
        return new PlacedLogs(LogsUnits.of(units(items)), executor);
    }

    private static LogsSegmentSource open(Unit unit) {
        if (unit.place() instanceof Unit.Place.Inline(byte[] bytes)) {
            return new LogsSegmentSource(Segment.of(bytes));
        }
        throw new IllegalArgumentException("no segment: " + unit);
    }

    private List<Unit> units(List<LogItem> items) {
        SplittableRandom random = new SplittableRandom(items.size());
        List<List<LogItem>> parts = new ArrayList<>();
        for (int i = 0; i < arrivals; i++) {
            parts.add(new ArrayList<>());
        }
        for (int i = 0; i < items.size(); i++) {
            int part = (int) ((long) i * arrivals / items.size());
            parts.get(part).add(items.get(i));
            if (random.nextInt(100) < repeated) {
                parts.get(random.nextInt(part, arrivals)).add(items.get(i));
            }
        }
        List<Unit> units = new ArrayList<>();
        for (int part = 0; part < arrivals; part++) {
            for (int shard = 0; shard < shards; shard++) {
                Shard streams = new Shard(shard, shards);
                List<LogItem> chosen = parts.get(part).stream()
                        .filter(item -> streams.holds(item.stream().stableHash()))
                        .toList();
                if (!chosen.isEmpty()) {
                    units.add(unit(chosen, part, streams));
                }
            }
        }
        return units;
    }

    private static Unit unit(List<LogItem> items, int arrival, Shard shard) {
        Segment segment = LogsSegmentWriter.encode(TENANT, LogItem.batch(items), arrival, SegmentFormat.LEVEL_FAST);
        return new Unit(
                segment.id(),
                TENANT,
                Signal.LOGS,
                Unit.SEGMENT,
                segment.header().range(),
                shard,
                segment.header().rows(),
                segment.bytes().length,
                segment.header().facts(),
                new Unit.Place.Inline(segment.bytes()));
    }
}
