package io.lambdascope.plan.logs;

import io.lambdascope.labels.Matcher;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.logs.LogsPlan.LeafPiece;
import io.lambdascope.plan.logs.LogsPlan.SearchPiece;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Decides which units a query reads, and whether it is answered here or in pieces by time and by stream. See
/// `docs/adr/0066-pieces-of-log-queries.md`.
public final class LogsPlanner {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    /// The windows of blocks: pieces that end with them read no block twice.
    private static final List<Long> WINDOWS = List.of(24 * HOUR, 2 * HOUR);

    private static final long SHORTEST_NANOS = 1_000_000_000L;

    private final PlanSettings settings;

    public LogsPlanner(PlanSettings settings) {
        this.settings = settings;
    }

    /// @param units all that may hold entries in the query's time
    public LogsPlan plan(LogQuery query, LineSearch search, LogsUnits units) {
        LogsUnits needed = units.holding(query.matchers(), search.range(), Shard.ALL);
        // which lines are far enough from each other can only be told when all are at hand
        if (needed.bytes() <= settings.inlineBytes() || search.intervalNanos() > 0) {
            return new LogsPlan.Inline(needed);
        }
        TimeRange range = extent(needed).intersection(search.range());
        List<List<SearchPiece>> slices = new ArrayList<>();
        for (TimeRange slice : slices(range, wanted(needed.bytes(), settings.maxPieces()))) {
            List<SearchPiece> pieces = new ArrayList<>();
            long bytes = needed.holding(query.matchers(), slice, Shard.ALL).bytes();
            for (Shard shard : shards(wanted(bytes, settings.maxPieces()))) {
                LogsUnits read = needed.holding(query.matchers(), slice, shard);
                if (!read.units().isEmpty()) {
                    pieces.add(new SearchPiece(slice, shard, read));
                }
            }
            if (!pieces.isEmpty()) {
                slices.add(pieces);
            }
        }
        if (search.newestFirst()) {
            Collections.reverse(slices);
        }
        return new LogsPlan.Search(waves(slices));
    }

    /// One slice of time first, then twice as many each time: who looks for something common pays for little, and
    /// something rare is not looked for slice by slice.
    private static List<List<SearchPiece>> waves(List<List<SearchPiece>> slices) {
        List<List<SearchPiece>> waves = new ArrayList<>();
        int at = 0;
        for (int count = 1; at < slices.size(); count *= 2) {
            List<SearchPiece> wave = new ArrayList<>();
            for (int i = 0; i < count && at < slices.size(); i++) {
                wave.addAll(slices.get(at++));
            }
            waves.add(wave);
        }
        return waves;
    }

    /// @param units all that may hold entries in the query's time
    public LogsPlan plan(MetricExpr expr, NanoGrid grid, LogsUnits units) {
        List<RangeLeaf> leaves = RangeLeaf.of(expr);
        LogsUnits needed = units.prune(unit -> leaves.stream()
                .filter(leaf -> unit.range().overlaps(reads(leaf, grid)))
                .map(leaf -> leaf.range().range().query().matchers())
                .toList());
        if (needed.bytes() <= settings.inlineBytes()) {
            return new LogsPlan.Inline(needed);
        }
        List<LeafPiece> pieces = new ArrayList<>();
        for (RangeLeaf leaf : leaves) {
            int most = Math.max(1, settings.maxPieces() / leaves.size());
            if (leaf.merges()) {
                addSlices(leaf, grid, needed, most, pieces);
            } else {
                addParts(leaf, grid, needed, most, pieces);
            }
        }
        return pieces.size() <= 1 ? new LogsPlan.Inline(needed) : new LogsPlan.Leaves(pieces);
    }

    private static TimeRange reads(RangeLeaf leaf, NanoGrid grid) {
        return new StepWindows(grid, leaf.range().range()).reads();
    }

    /// Every entry is read by one piece, which adds it to all the steps that it counts for.
    private void addSlices(RangeLeaf leaf, NanoGrid grid, LogsUnits units, int most, List<LeafPiece> pieces) {
        List<Matcher> matchers = leaf.range().range().query().matchers();
        LogsUnits needed = units.holding(matchers, reads(leaf, grid), Shard.ALL);
        TimeRange range = extent(needed).intersection(reads(leaf, grid));
        long wanted = wanted(needed.bytes(), most);
        List<TimeRange> slices = slices(range, wanted);
        for (TimeRange slice : slices) {
            for (Shard shard : shards(Math.max(1, wanted / slices.size()))) {
                LogsUnits read = needed.holding(matchers, slice, shard);
                if (!read.units().isEmpty()) {
                    pieces.add(new LeafPiece(leaf, grid, 0, slice, shard, read));
                }
            }
        }
    }

    /// Every step is worked out by one piece, which reads all that the step looks at.
    private void addParts(RangeLeaf leaf, NanoGrid grid, LogsUnits units, int most, List<LeafPiece> pieces) {
        List<Matcher> matchers = leaf.range().range().query().matchers();
        LogsUnits needed = units.holding(matchers, reads(leaf, grid), Shard.ALL);
        int parts = (int) Math.min(grid.steps(), wanted(needed.bytes(), most));
        for (int part = 0; part < parts; part++) {
            int first = (int) ((long) grid.steps() * part / parts);
            int end = (int) ((long) grid.steps() * (part + 1) / parts);
            NanoGrid steps = grid.isInstant()
                    ? grid
                    : new NanoGrid(grid.atNanos(first), grid.atNanos(end - 1), grid.stepNanos());
            LogsUnits read = needed.holding(matchers, reads(leaf, steps), Shard.ALL);
            if (!read.units().isEmpty()) {
                pieces.add(new LeafPiece(leaf, steps, first, TimeRange.ALWAYS, Shard.ALL, read));
            }
        }
    }

    private long wanted(long bytes, int most) {
        return Math.clamp(Math.ceilDiv(bytes, settings.pieceBytes()), 1, most);
    }

    private List<Shard> shards(long wanted) {
        int count = 1;
        while (2L * count <= wanted && 2 * count <= settings.maxShards()) {
            count *= 2;
        }
        List<Shard> shards = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            shards.add(new Shard(i, count));
        }
        return shards;
    }

    /// Cuts `range` into about so many parts, oldest first.
    private static List<TimeRange> slices(TimeRange range, long wanted) {
        long length = Math.max(SHORTEST_NANOS, Math.ceilDiv(range.toNanos() - range.fromNanos(), wanted));
        for (long window : WINDOWS) {
            if (length >= window) {
                length = Math.ceilDiv(length, window) * window;
                break;
            }
        }
        List<TimeRange> slices = new ArrayList<>();
        long from = range.fromNanos();
        while (from < range.toNanos()) {
            long end = Math.min(range.toNanos(), (Math.floorDiv(from, length) + 1) * length);
            slices.add(new TimeRange(from, end));
            from = end;
        }
        return slices;
    }

    private static TimeRange extent(LogsUnits units) {
        return units.units().stream().map(Unit::range).reduce(TimeRange::union).orElse(new TimeRange(0, 0));
    }
}
