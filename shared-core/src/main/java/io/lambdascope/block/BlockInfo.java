package io.lambdascope.block;

import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// What a block that has just been written says of itself; the catalog makes a [Unit] of it.
///
/// @param range holds every row, and is as small as that allows
/// @param rows how many rows its main table has
/// @param items samples, log lines, spans or values
/// @param series how many different series, streams and the like they belong to
/// @param bytes size of all its tables
/// @param facts what the signal's planner prunes by
/// @param tables those that there are, as [Unit.Place.Prefix] wants them
public record BlockInfo(
        TimeRange range, long rows, long items, long series, long bytes, byte[] facts, List<Unit.Table> tables) {
    public BlockInfo {
        tables = List.copyOf(tables);
    }
}
