package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.source.logs.MergingCursor;
import io.lambdascope.source.logs.Overlaps;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads units, each open no longer than it is read.
final class UnitReads {
    /// Takes runs of entries; may keep nothing of what it is given.
    interface RunConsumer {
        void accept(Labels stream, LogEntries run);
    }

    private final LogsUnits units;
    private final LogsOpener opener;
    private final QueryBudget budget;
    private final LogsStats stats;

    UnitReads(LogsUnits units, LogsOpener opener, QueryBudget budget, LogsStats stats) {
        this.units = units;
        this.opener = opener;
        this.budget = budget;
        this.stats = stats;
    }

    QueryBudget budget() {
        return budget;
    }

    LogsStats stats() {
        return stats;
    }

    /// The units that may hold something.
    List<Unit> holding(List<Matcher> matchers, TimeRange range, Shard shard) {
        return units.holding(matchers, range, shard).units();
    }

    /// What of `range` a query may look at.
    TimeRange allowed(TimeRange range) {
        long earliest = TimeRange.millisToNanos(budget.limits().earliestMillis());
        return new TimeRange(Math.min(Math.max(range.fromNanos(), earliest), range.toNanos()), range.toNanos());
    }

    LogsSource open(Unit unit) {
        budget.checkDeadline();
        return units.open(unit, opener);
    }

    /// Passes on every entry that `request` asks for once, the runs of a stream oldest first wherever streams come
    /// from units that overlap.
    void forEachRun(LogsScan request, RunConsumer consumer) {
        LogsScan scan = request.within(allowed(request.range()));
        if (scan.range().isEmpty()) {
            return;
        }
        for (List<Unit> group : Overlaps.groups(holding(scan.matchers(), scan.range(), scan.shard()))) {
            // what entries are the same is told by all that they have
            read(group, group.size() == 1 ? scan : scan.withColumns(LogsScan.Columns.ALL), consumer);
        }
    }

    private void read(List<Unit> group, LogsScan scan, RunConsumer consumer) {
        List<Opened> sources = new ArrayList<>();
        List<LogsCursor> cursors = new ArrayList<>();
        try {
            for (Unit unit : group) {
                sources.add(new Opened(unit, open(unit)));
            }
            sources.sort(Opened.BY_ARRIVAL);
            for (Opened opened : sources) {
                cursors.add(opened.source.scan(scan, new Horizon(), stats));
            }
            LogsCursor cursor = MergingCursor.of(cursors);
            while (cursor.next()) {
                budget.checkDeadline();
                consumer.accept(cursor.stream(), cursor.entries());
            }
        } finally {
            cursors.forEach(LogsCursor::close);
            sources.forEach(opened -> opened.source.close());
        }
    }

    /// A unit that is open. The order is that of `docs/adr/0060-order-of-log-entries.md`: larger blocks, which hold
    /// what
    /// is older, come before smaller ones.
    record Opened(Unit unit, LogsSource source) {
        static final Comparator<Opened> BY_ARRIVAL = Comparator.comparingLong(
                        (Opened opened) -> opened.source.arrivedNanos())
                .thenComparing(opened -> -opened.unit.level())
                .thenComparing(opened -> opened.unit.id());
    }
}
