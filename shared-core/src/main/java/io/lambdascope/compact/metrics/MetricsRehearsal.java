package io.lambdascope.compact.metrics;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.UlidIds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A few samples taken over stores in memory, all the way from segments to blocks. Functions do it when they start, so
/// that the first real run finds its classes loaded, and rehearse queries over what comes of it: the series
/// `rehearsal{job="1"}` and `{job="2"}`, a sample every second of the last minute, half of them in a block and half in
/// the head.
///
/// @param objects where the block lies
public record MetricsRehearsal(Catalog catalog, HeadStore head, MetricsOpener opener, ObjectStore objects) {
    public static final Tenant TENANT = new Tenant("rehearsal");
    public static final String NAME = "rehearsal";

    private static final int SECONDS = 60;
    private static final long CACHE_BYTES = 1 << 20;

    /// Late enough that everything is merged that can be.
    private static final CompactRequest AHEAD = new CompactRequest(Optional.empty(), Duration.ofHours(60));

    /// @param scratch an existing directory on local disk
    /// @throws IllegalStateException if compaction does not do what it is to do
    public static MetricsRehearsal run(InstantSource clock, RandomGenerator random, Path scratch) {
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        MemoryTable catalogItems = new MemoryTable();
        Catalog catalog = new Catalog(catalogItems, clock);
        TenantRegistry registry = new TenantRegistry(catalogItems, clock);
        UlidIds ids = new UlidIds(clock, random);
        HeadStore head = new HeadStore(new MemoryTable(), objects, registry, ids, clock, HeadSettings.DEFAULTS);
        MetricsOpener opener = new StoredMetrics(objects, new BlockCache(CACHE_BYTES));
        CompactService service = new CompactService(
                CompactSettings.DEFAULTS,
                catalog,
                registry,
                head,
                objects,
                List.of(new MetricsCompactor(MetricsBlockSettings.DEFAULTS, opener, objects, ids, scratch)),
                (tenant, signal) -> Duration.ZERO,
                clock,
                random);
        append(head, clock.millis(), SECONDS, SECONDS / 2);
        // Into a block, and on from block to block.
        compact(service, clock);
        compact(service, clock);
        append(head, clock.millis(), SECONDS / 2, 0);
        return new MetricsRehearsal(catalog, head, opener, objects);
    }

    private static void append(HeadStore head, long nowMillis, int fromSecondsAgo, int toSecondsAgo) {
        MetricsBatch batch = new MetricsBatch();
        for (String job : List.of("1", "2")) {
            batch.startSeries(Labels.of("__name__", NAME, "job", job));
            for (int second = fromSecondsAgo; second > toSecondsAgo; second--) {
                batch.addSample(nowMillis - second * 1000L, SECONDS - second);
            }
        }
        head.append(List.of(MetricsSegmentWriter.encode(TENANT, batch, nowMillis, SegmentFormat.LEVEL_FAST)));
    }

    private static void compact(CompactService service, InstantSource clock) {
        CompactReport report = service.compact(AHEAD, clock.instant().plus(Duration.ofMinutes(15)));
        if (report.jobs() == 0 || report.failed() > 0) {
            throw new IllegalStateException("the rehearsal of a compaction ended with " + report);
        }
    }
}
