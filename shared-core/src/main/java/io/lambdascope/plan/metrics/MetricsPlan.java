package io.lambdascope.plan.metrics;

import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a query is answered.
public sealed interface MetricsPlan {
    /// Here, over these units.
    record Inline(MetricsUnits units) implements MetricsPlan {}

    /// Parts of the expression are worked out elsewhere, piece by piece; the rest here, over what comes back.
    record FanOut(List<Leaf> leaves, List<Piece> pieces) implements MetricsPlan {}

    /// What comes back of a part.
    enum LeafKind {
        /// Series at all steps. Those of different shards have nothing to do with each other.
        SERIES,
        /// The states of an aggregation's groups, which are merged over shards.
        AGGREGATE,
        /// What `topk`, `bottomk` or `limitk` chose in a shard; chosen from again over all shards.
        SELECTION,
        /// The worth of the whole query; divided by time alone.
        WHOLE
    }

    /// A part of the expression that is worked out elsewhere.
    ///
    /// @param number where it stands among all parts of the checked query, counted as
    ///     [io.lambdascope.ql.promql.PromWalk#forEach] visits them
    record Leaf(int number, PromExpr expr, LeafKind kind) {}

    /// One request: some steps of a part, over some series.
    ///
    /// @param firstStep the number of the first step of `grid` within the query's grid
    record Piece(Leaf leaf, StepGrid grid, int firstStep, Shard shard, MetricsUnits units) {
        /// The same, as all there is of a plan for these steps.
        public Piece alone() {
            return new Piece(leaf, grid, 0, shard, units);
        }

        /// What inline evaluation would read: every unit once, however many pieces read it.
        public static long bytesOf(List<Piece> pieces) {
            Map<String, Long> bytes = new HashMap<>();
            pieces.forEach(piece -> piece.units().units().forEach(unit -> bytes.put(unit.id(), unit.bytes())));
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
