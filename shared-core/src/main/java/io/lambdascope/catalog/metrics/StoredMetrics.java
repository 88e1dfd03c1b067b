package io.lambdascope.catalog.metrics;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.RemainingMetrics;
import io.lambdascope.store.ObjectStore;

/// Opens units of metrics where they lie: segments are read whole, blocks piece by piece. Units never change, so one
/// cache serves all.
public final class StoredMetrics implements MetricsOpener {
    private final ObjectStore objects;
    private final BlockCache cache;

    public StoredMetrics(ObjectStore objects, BlockCache cache) {
        this.objects = objects;
        this.cache = cache;
    }

    @Override
    public MetricsSource open(Unit unit) {
        MetricsSource stored = unit.isSegment()
                ? new MetricsSegmentSource(HeadStore.read(unit, objects))
                : new MetricsBlockSource(objects, unit, cache);
        return RemainingMetrics.of(stored, unit);
    }
}
