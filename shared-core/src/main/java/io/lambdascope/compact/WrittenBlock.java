package io.lambdascope.compact;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;

/// A block that has been written and does not count yet.
///
/// @param items samples, log lines, spans or values in it
/// @param series how many series, streams and the like they belong to
public record WrittenBlock(Unit unit, long items, long series) {
    /// The block `block` of `job`, whose objects stand below `prefix`.
    public static WrittenBlock of(CompactionJob job, String id, String prefix, Shard shard, BlockInfo block) {
        Unit unit = new Unit(
                id,
                job.tenant(),
                job.signal(),
                job.level(),
                block.range(),
                shard,
                block.rows(),
                block.bytes(),
                block.facts(),
                new Unit.Place.Prefix(prefix, block.tables()));
        return new WrittenBlock(unit, block.items(), block.series());
    }
}
