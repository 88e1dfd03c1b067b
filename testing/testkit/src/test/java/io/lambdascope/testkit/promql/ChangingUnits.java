package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.RemainingMetrics;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/// Units in memory that come and go as those of a catalog do: pushed as segments, compacted into blocks of a window,
/// deleted from.
final class ChangingUnits implements MetricsOpener {
    private static final Tenant TENANT = new Tenant("changing");
    private static final int BYTES = 1000;

    private final Map<String, MemoryMetricsSource> stored = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
    private int ids;

    /// Those that there are now.
    List<Unit> units() {
        return List.copyOf(units);
    }

    @Override
    public MetricsSource open(Unit unit) {
        return RemainingMetrics.of(Objects.requireNonNull(stored.get(unit.id())), unit);
    }

    void push(SortedMap<Labels, SeriesSamples> data) {
        Rows rows = new Rows();
        data.forEach(rows::add);
        store(rows, Unit.SEGMENT);
    }

    /// Makes one block of all rows from `fromMillis` on, before `untilMillis`; what their units hold besides stays in
    /// units of its own.
    void compact(long fromMillis, long untilMillis, int level) {
        TimeRange window = TimeRange.ofMillisInclusive(fromMillis, untilMillis - 1);
        Rows inside = new Rows();
        for (Unit unit : units()) {
            if (unit.range().overlaps(window)) {
                units.remove(unit);
                Rows before = new Rows();
                Rows after = new Rows();
                copy(unit, new TimeRange(Long.MIN_VALUE, window.fromNanos()), before);
                copy(unit, window, inside);
                copy(unit, new TimeRange(window.toNanos(), Long.MAX_VALUE), after);
                store(before, unit.level());
                store(after, unit.level());
            }
        }
        store(inside, level);
    }

    /// Deletes rows of the series that a selector picks.
    void delete(String selector, TimeRange range) {
        Deletion deletion = new Deletion("deletion-" + ids++, selector, range);
        units.replaceAll(unit -> {
            List<Deletion> deletions = new ArrayList<>(unit.deletions());
            deletions.add(deletion);
            return unit.range().overlaps(range) ? unit.without(deletions) : unit;
        });
    }

    private void copy(Unit unit, TimeRange range, Rows into) {
        try (MetricsSource source = open(unit);
                MetricsCursor cursor = source.scan(MetricsScan.of(List.of(), range))) {
            while (cursor.next()) {
                into.add(cursor.labels(), cursor.samples());
            }
        }
    }

    private void store(Rows rows, int level) {
        if (rows.names.isEmpty()) {
            return;
        }
        String id = "unit-" + ids++;
        stored.put(id, rows.source);
        units.add(new Unit(
                id,
                TENANT,
                Signal.METRICS,
                level,
                TimeRange.ofMillisInclusive(rows.fromMillis, rows.lastMillis),
                Shard.ALL,
                1,
                BYTES,
                MetricsFacts.of(List.copyOf(rows.names), BYTES).encode(),
                new Unit.Place.Inline(new byte[0])));
    }

    private static final class Rows {
        private final MemoryMetricsSource source = new MemoryMetricsSource();
        private final TreeSet<String> names = new TreeSet<>();
        private long fromMillis = Long.MAX_VALUE;
        private long lastMillis = Long.MIN_VALUE;

        void add(Labels labels, SeriesSamples samples) {
            if (!samples.isEmpty()) {
                source.add(labels, samples);
                names.add(labels.get(Labels.NAME));
                fromMillis = Math.min(fromMillis, samples.timestamp(0));
                lastMillis = Math.max(lastMillis, samples.timestamp(samples.size() - 1));
            }
        }
    }
}
