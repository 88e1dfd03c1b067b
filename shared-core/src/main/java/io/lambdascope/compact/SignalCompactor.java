package io.lambdascope.compact;

import io.lambdascope.model.Signal;
import java.util.List;

/// What compaction must know of a signal: how its rows are merged and written.
public interface SignalCompactor {
    Signal signal();

    /// Reads the job's units and writes the blocks that hold their rows, each row once by the signal's rule,
    /// each block in one window and one shard and below a prefix of its own as
    /// [io.lambdascope.catalog.CatalogKeys#blockPrefix] names it. Windows and shards without rows get no
    /// block.
    ///
    /// @return the blocks, at most as many as one commit holds; none if the units hold nothing
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE, CORRUPT_DATA if a unit does not read; NOT_FOUND if one
    ///     is gone, because another compactor was faster. What was written by then is swept as orphaned.
    List<WrittenBlock> write(CompactionJob job);
}
