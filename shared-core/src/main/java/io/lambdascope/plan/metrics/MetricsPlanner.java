package io.lambdascope.plan.metrics;

import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Type;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Decides which units a query reads, and whether it is answered here or in pieces by time and by series.
///
/// Every step of a query stands for itself once `start()`, `end()`, `range()` and `step()` mean those of the whole
/// query, so that a grid can be cut anywhere. See `docs/adr/0013-pieces-of-a-query.md`.
public final class MetricsPlanner {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    /// The windows of blocks: pieces that end with them read no block twice.
    private static final List<Long> WINDOWS = List.of(24 * HOUR, 2 * HOUR);

    /// A piece covers at least this many times what it reads before its first step.
    static final int LEAST_OVER_REACH = 4;

    private final PlanSettings settings;

    public MetricsPlanner(PlanSettings settings) {
        this.settings = settings;
    }

    /// @param expr resolved
    /// @param type what the query yields
    /// @param units all that may hold rows in the query's time
    public MetricsPlan plan(PromExpr expr, Type type, TimeFrame frame, MetricsUnits units) {
        return plan(expr, type, frame, frame.query(), units);
    }

    /// @param grid the steps to work out, of those of the query
    public MetricsPlan plan(PromExpr expr, Type type, TimeFrame frame, StepGrid grid, MetricsUnits units) {
        List<SelectorNeed> needs = SelectorNeed.of(expr, grid, frame);
        MetricsUnits needed = prune(units, needs, Shard.ALL);
        long bytes = needed.bytes();
        boolean ofSteps = type == Type.VECTOR || type == Type.SCALAR;
        if (bytes <= settings.inlineBytes() || !ofSteps) {
            return new MetricsPlan.Inline(needed);
        }
        List<Leaf> leaves = leaves(expr, grid);
        if (leaves.isEmpty()) {
            return new MetricsPlan.Inline(needed);
        }
        List<Piece> pieces = new ArrayList<>();
        for (Leaf leaf : leaves) {
            addPieces(leaf, grid, frame, units, Math.max(1, settings.maxPieces() / leaves.size()), pieces);
        }
        return pieces.size() <= 1 ? new MetricsPlan.Inline(needed) : new MetricsPlan.FanOut(leaves, pieces);
    }

    /// For one of the pieces that [FixedPieces] makes, which share the number that a query may have.
    public MetricsPlanner ofFixedPiece() {
        return new MetricsPlanner(settings.withMaxPieces(Math.max(1, settings.maxPieces() / FixedPieces.MOST_PIECES)));
    }

    /// Up to how many stored bytes are read here, without fanning out.
    public long inlineBytes() {
        return settings.inlineBytes();
    }

    /// Series that something else than the top of the query goes on with are many to send: then the query is
    /// only cut by time, if it has steps to cut at.
    private static List<Leaf> leaves(PromExpr expr, StepGrid grid) {
        List<Leaf> leaves = Sharding.leaves(expr);
        boolean small = grid.steps() == 1
                || leaves.stream().allMatch(leaf -> leaf.number() == 0 || leaf.kind() != LeafKind.SERIES);
        if (!leaves.isEmpty() && small) {
            return leaves;
        }
        return grid.steps() == 1 ? List.of() : List.of(new Leaf(0, expr, LeafKind.WHOLE));
    }

    private void addPieces(
            Leaf leaf, StepGrid grid, TimeFrame frame, MetricsUnits units, int maxPieces, List<Piece> pieces) {
        List<SelectorNeed> needs = SelectorNeed.of(leaf.expr(), grid, frame);
        long bytes = prune(units, needs, Shard.ALL).bytes();
        long wanted = Math.clamp(Math.ceilDiv(bytes, settings.pieceBytes()), 1, maxPieces);
        List<Integer> cuts = cuts(grid, needs, wanted);
        int shards = 1;
        if (leaf.kind() != LeafKind.WHOLE) {
            while (2L * shards * cuts.size() <= wanted && 2 * shards <= settings.maxShards()) {
                shards *= 2;
            }
        }
        for (int i = 0; i < cuts.size(); i++) {
            int first = cuts.get(i);
            int end = i + 1 < cuts.size() ? cuts.get(i + 1) : grid.steps();
            StepGrid part = end - first == 1 && grid.steps() == 1
                    ? grid
                    : new StepGrid(grid.atMillis(first), grid.atMillis(end - 1), grid.stepMillis());
            List<SelectorNeed> partNeeds = SelectorNeed.of(leaf.expr(), part, frame);
            for (int shard = 0; shard < shards; shard++) {
                Shard series = new Shard(shard, shards);
                MetricsUnits read = prune(units, partNeeds, series);
                if (!read.units().isEmpty() || leaf.kind() == LeafKind.WHOLE) {
                    pieces.add(new Piece(leaf, part, first, series, read));
                }
            }
        }
    }

    /// The first steps of the parts that a grid is cut into.
    private static List<Integer> cuts(StepGrid grid, List<SelectorNeed> needs, long wanted) {
        long span = grid.lastMillis() - grid.startMillis();
        long least = Math.max(grid.stepMillis(), reachMillis(needs, grid) * LEAST_OVER_REACH);
        long length = Math.max(least, Math.ceilDiv(span + 1, wanted));
        for (long window : WINDOWS) {
            if (length >= window) {
                length = Math.ceilDiv(length, window) * window;
                break;
            }
        }
        List<Integer> cuts = new ArrayList<>();
        long part = Long.MIN_VALUE;
        for (int step = 0; step < grid.steps(); step++) {
            long at = Math.floorDiv(grid.atMillis(step), length);
            if (at != part) {
                cuts.add(step);
                part = at;
            }
        }
        return cuts;
    }

    /// The longest time that a selector reads besides that of the steps, at least 1.
    static long reachMillis(List<SelectorNeed> needs, StepGrid grid) {
        long span = grid.lastMillis() - grid.startMillis();
        long reach = 1;
        for (SelectorNeed need : needs) {
            reach = Math.max(reach, need.lastMillis() - need.fromMillis() - span);
        }
        return reach;
    }

    /// The units that may hold something for at least one selector.
    static MetricsUnits prune(MetricsUnits units, List<SelectorNeed> needs, Shard shard) {
        return units.prune(unit -> needs.stream()
                .filter(need -> unit.shard().overlaps(shard) && unit.range().overlaps(need.range()))
                .map(SelectorNeed::matchers)
                .toList());
    }
}
