package io.lambdascope.plan.logs;

import io.lambdascope.source.Shard;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// How a query is answered.
public sealed interface LogsPlan {
    /// Here, over these units.
    record Inline(LogsUnits units) implements LogsPlan {}

    /// Lines are searched elsewhere, in waves: the next one is sent only if those before have not found enough.
    record Search(List<List<SearchPiece>> waves) implements LogsPlan {}

    /// The leaves of the query are worked out elsewhere, piece by piece; the rest here, over what comes back.
    record Leaves(List<LeafPiece> pieces) implements LogsPlan {}

    /// One request: the lines of some streams inside some time.
    record SearchPiece(TimeRange range, Shard shard, LogsUnits units) {}

    /// One request: what a leaf comes to at the steps of `grid`, over the entries of `slice` and `shard`.
    ///
    /// @param firstStep the number of the first step of `grid` within the query's grid
    record LeafPiece(RangeLeaf leaf, NanoGrid grid, int firstStep, TimeRange slice, Shard shard, LogsUnits units) {}
}
