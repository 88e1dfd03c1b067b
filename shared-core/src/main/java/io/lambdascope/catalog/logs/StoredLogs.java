package io.lambdascope.catalog.logs;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.logs.LogsBlockSource;
import io.lambdascope.fault.Fault;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.store.ObjectStore;

/// Opens units of logs where they lie: segments are read whole, blocks piece by piece. Units never change, so one cache
/// serves all.
public final class StoredLogs implements LogsOpener {
    private final ObjectStore objects;
    private final BlockCache cache;

    public StoredLogs(ObjectStore objects, BlockCache cache) {
        this.objects = objects;
        this.cache = cache;
    }

    @Override
    public LogsSource open(Unit unit) {
        requireWhole(unit);
        return unit.isSegment()
                ? new LogsSegmentSource(HeadStore.read(unit, objects))
                : new LogsBlockSource(objects, unit, cache);
    }

    /// Nothing deletes logs yet; what a deletion covers must not come back because it is read by something older.
    ///
    /// @throws Fault UNSUPPORTED if a deletion covers `unit`
    public static void requireWhole(Unit unit) {
        if (!unit.deletions().isEmpty()) {
            throw Fault.unsupported("unit %s has deletions, which are not known for logs", unit.id());
        }
    }
}
