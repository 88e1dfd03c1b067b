package io.lambdascope.compact;

import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.time.Deadline;
import java.util.function.Consumer;

/// What compaction must know of a signal: how its rows are merged and written.
public interface SignalCompactor {
    Signal signal();

    /// False only if nothing of `unit` is picked by `deletion`, by what is known without reading it.
    boolean mayHold(Unit unit, Deletion deletion);

    /// Reads the job's units less what their deletions cover, and writes the blocks that hold their rows, each row
    /// once by the signal's rule, each block in one window and one shard and below a prefix of its own as
    /// [io.lambdascope.catalog.CatalogKeys#blockPrefix] names it. Windows and shards without rows get no block.
    ///
    /// @param deadline the work stops when it is over
    /// @param written told of each block whose objects are written: at most as many as one commit holds, none
    ///     if the units hold nothing
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE, CORRUPT_DATA if a unit does not read; NOT_FOUND if one
    ///     is gone, because another compactor was faster; TIMEOUT if the deadline is over
    void write(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written);
}
