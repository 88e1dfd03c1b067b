package io.lambdascope.exec.logs;

import io.lambdascope.exec.logs.FoundLines.Identity;
import io.lambdascope.exec.logs.FoundLines.Position;
import io.lambdascope.exec.logs.pipeline.LabelCategory;
import io.lambdascope.exec.logs.pipeline.LinePipeline;
import io.lambdascope.exec.logs.pipeline.PushDown;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.source.logs.LogIdentity;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.Overlaps;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the lines of a log query: reads what is newest (or oldest) first, and stops as soon as nothing that is left
/// can
/// come before what it has.
final class LineSearcher {
    private static final long SHORTEST_SLICE_NANOS = 60_000_000_000L;

    private final LogQuery query;
    private final UnitReads reads;
    private final Shard shard;
    private final LinePipeline pipeline;

    LineSearcher(LogQuery query, UnitReads reads, Shard shard) {
        this.query = query;
        this.reads = reads;
        this.shard = shard;
        this.pipeline = LinePipeline.ofLines(query);
    }

    /// The lines in the direction of the search.
    List<LogsPartial.Found> find(LineSearch search) {
        TimeRange range = reads.allowed(search.range());
        return search.intervalNanos() == 0
                ? first(search.limit(), range, search.direction())
                : thinned(search.within(range));
    }

    private List<LogsPartial.Found> first(int limit, TimeRange range, Direction direction) {
        boolean newestFirst = direction == Direction.BACKWARD;
        FoundLines found = new FoundLines(direction, limit, reads.budget());
        List<Unit> units = new ArrayList<>(reads.holding(query.matchers(), range, shard));
        Set<String> alone = new HashSet<>();
        for (List<Unit> group : Overlaps.groups(units)) {
            if (group.size() == 1) {
                alone.add(group.getFirst().id());
            }
        }
        units.sort(
                newestFirst
                        ? Comparator.comparingLong((Unit unit) -> unit.range().toNanos())
                                .reversed()
                        : Comparator.comparingLong(unit -> unit.range().fromNanos()));
        LogsScan scan = new LogsScan(
                query.matchers(),
                range,
                shard,
                PushDown.hints(query, _ -> true),
                LogsScan.Columns.ALL,
                newestFirst ? LogsScan.Order.LATEST_FIRST : LogsScan.Order.EARLIEST_FIRST);
        for (Unit unit : units) {
            if (found.horizon().mayUse(unit.range().fromNanos(), unit.range().toNanos() - 1)) {
                search(unit, scan, !alone.contains(unit.id()), found);
            }
        }
        return found.inOrder();
    }

    private void search(Unit unit, LogsScan scan, boolean mayRepeat, FoundLines found) {
        boolean newestFirst = scan.order() == LogsScan.Order.LATEST_FIRST;
        try (LogsSource source = reads.open(unit);
                LogsCursor cursor = source.scan(scan, found.horizon(), reads.stats())) {
            for (int run = 0; cursor.next(); run++) {
                reads.budget().checkDeadline();
                LogEntries entries = cursor.entries();
                Position first = new Position(
                        source.arrivedNanos(),
                        unit.level(),
                        unit.id(),
                        entries.times()[0],
                        newestFirst ? -run : run,
                        0);
                search(entries, cursor.stream(), first, newestFirst, mayRepeat, found);
            }
        }
    }

    private void search(
            LogEntries entries,
            Labels stream,
            Position first,
            boolean newestFirst,
            boolean mayRepeat,
            FoundLines found) {
        int kept = 0;
        BitSet candidates = pipeline.startRun(stream, entries);
        int entry = newestFirst ? candidates.previousSetBit(entries.size() - 1) : candidates.nextSetBit(0);
        while (entry >= 0) {
            long time = entries.times()[entry];
            if (!found.horizon().mayUse(time, time)) {
                // all others of the run are farther away
                break;
            }
            if (pipeline.process(entry)) {
                kept++;
                Position position = new Position(
                        first.arrivedNanos(), first.level(), first.unit(), first.runNanos(), first.run(), entry);
                LogsResult.LineLabels labels = new LogsResult.LineLabels(
                        pipeline.labels(LabelCategory.STREAM),
                        pipeline.labels(LabelCategory.STRUCTURED_METADATA),
                        pipeline.labels(LabelCategory.PARSED));
                found.add(
                        new LogsPartial.Found(stream, new LogsResult.Line(time, pipeline.line(), labels)),
                        mayRepeat ? identity(stream, entries, entry) : position,
                        position);
            }
            entry = newestFirst ? candidates.previousSetBit(entry - 1) : candidates.nextSetBit(entry + 1);
        }
        reads.stats().addKeptLines(kept);
    }

    private static Identity identity(Labels stream, LogEntries entries, int entry) {
        return new Identity(
                stream,
                LogIdentity.of(
                        entries.lines(),
                        entries.lineStarts()[entry],
                        entries.lineStarts()[entry + 1],
                        entries.metadataOf(entry)));
    }

    /*
     * Which lines are far enough from each other is known only when all between them are: so all lines of a slice of
     * time are found, and thinned. The first slice would be enough if there were a line at every interval; if there
     * is not, the next ones get longer.
     */
    private List<LogsPartial.Found> thinned(LineSearch search) {
        List<LogsPartial.Found> thinned = new ArrayList<>();
        TimeRange left = extent(search.range());
        long length = Math.max(SHORTEST_SLICE_NANOS, times(search.intervalNanos(), search.limit()));
        while (!left.isEmpty() && thinned.size() < search.limit()) {
            long cut = search.newestFirst()
                    ? Math.max(left.fromNanos(), left.toNanos() - length)
                    : length > left.toNanos() - left.fromNanos() ? left.toNanos() : left.fromNanos() + length;
            TimeRange before = new TimeRange(left.fromNanos(), cut);
            TimeRange behind = new TimeRange(cut, left.toNanos());
            TimeRange slice = search.newestFirst() ? behind : before;
            left = search.newestFirst() ? before : behind;
            for (LogsPartial.Found line : first(Integer.MAX_VALUE, slice, search.direction())) {
                if (thinned.size() < search.limit()
                        && (thinned.isEmpty()
                                || Math.abs(line.line().timeNanos()
                                                - thinned.getLast().line().timeNanos())
                                        >= search.intervalNanos())) {
                    thinned.add(line);
                }
            }
            length = times(length, 2);
        }
        return thinned;
    }

    private static long times(long nanos, long count) {
        return nanos > Long.MAX_VALUE / 4 / count ? Long.MAX_VALUE / 4 : nanos * count;
    }

    /// The part of `range` that units hold something in.
    private TimeRange extent(TimeRange range) {
        return reads.holding(query.matchers(), range, shard).stream()
                .map(Unit::range)
                .reduce(TimeRange::union)
                .map(range::intersection)
                .orElse(new TimeRange(range.fromNanos(), range.fromNanos()));
    }
}
