package io.lambdascope.plan.metrics;

import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Cuts a range query at moments that do not depend on when it begins: asked again a step later, it is made of the same
/// pieces but for the first and the last. Pieces begin at multiples of their length since the epoch, as the windows of
/// blocks do.
public final class FixedPieces {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    /// How long pieces are; each length is a multiple of the one before. Longer ones are made of whole days.
    private static final List<Long> LENGTHS = List.of(2 * HOUR, 4 * HOUR, 8 * HOUR, DAY);

    /// About how many pieces a query is cut into at most.
    static final int MOST_PIECES = 12;

    /// About how many pieces a unit is read for at most: each looks through all its series again.
    private static final int MOST_READS = 3;

    private FixedPieces() {}

    /// All steps of a query, in pieces of the whole expression.
    ///
    /// @param expr resolved; its value at a step must not depend on when the query begins or ends
    /// @param units all that may hold rows in the query's time
    public static List<Piece> of(PromExpr expr, TimeFrame frame, MetricsUnits units) {
        StepGrid grid = frame.query();
        Leaf leaf = new Leaf(0, expr, LeafKind.WHOLE);
        MetricsUnits needed = MetricsPlanner.prune(units, SelectorNeed.of(expr, grid, frame), Shard.ALL);
        long leastMillis = leastMillis(expr, frame);
        List<Piece> pieces = new ArrayList<>();
        int first = 0;
        while (first < grid.steps()) {
            long leftMillis = leftMillis(grid.atMillis(first), leastMillis, needed.units());
            int last = (int) Math.min(first + leftMillis / grid.stepMillis(), grid.steps() - 1);
            StepGrid part = new StepGrid(grid.atMillis(first), grid.atMillis(last), grid.stepMillis());
            List<SelectorNeed> needs = SelectorNeed.of(expr, part, frame);
            pieces.add(new Piece(leaf, part, first, Shard.ALL, MetricsPlanner.prune(needed, needs, Shard.ALL)));
            first = last + 1;
        }
        return pieces;
    }

    /// The same wherever the query begins, as long as it lasts as long.
    private static long leastMillis(PromExpr expr, TimeFrame frame) {
        StepGrid grid = frame.query();
        // seen from the epoch, where the steps of all subqueries begin
        StepGrid anywhere = new StepGrid(0, 0, grid.stepMillis());
        long reach = MetricsPlanner.reachMillis(SelectorNeed.of(expr, anywhere, frame), anywhere);
        return Math.max(
                (grid.lastMillis() - grid.startMillis()) / MOST_PIECES, MetricsPlanner.LEAST_OVER_REACH * reach);
    }

    /// How long the piece that holds a moment goes on after it: the shortest that is as long as the units in it ask
    /// for.
    private static long leftMillis(long atMillis, long leastMillis, List<Unit> units) {
        for (long length : LENGTHS) {
            long left = length - 1 - Math.floorMod(atMillis, length);
            TimeRange piece = TimeRange.ofMillisInclusive(atMillis + left - length + 1, atMillis + left);
            if (leastMillis <= length
                    && units.stream()
                            .allMatch(unit -> millis(unit.range()) <= MOST_READS * length
                                    || !unit.range().overlaps(piece))) {
                return left;
            }
        }
        long length = Math.max(1, Math.ceilDiv(leastMillis, DAY)) * DAY;
        return length - 1 - Math.floorMod(atMillis, length);
    }

    private static long millis(TimeRange range) {
        return range.lastMillis() - range.fromMillis();
    }
}
