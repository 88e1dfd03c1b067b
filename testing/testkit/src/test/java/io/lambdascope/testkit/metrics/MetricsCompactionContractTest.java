package io.lambdascope.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.metrics.MetricsCompactor;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MergingExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/// Batches on their way from the head to the top level: what is read is the same wherever compaction has brought them,
/// down to the last bit, with shards and windows as small as they get.
class MetricsCompactionContractTest extends MetricsSourceContract {
    private static final Tenant TENANT = new Tenant("shop");

    @TempDir
    private Path scratch;

    @Override
    protected MetricsSource source(List<MetricsBatch> batches, SplittableRandom random) {
        AtomicLong nowMillis =
                new AtomicLong(RandomMetrics.START + Duration.ofHours(1).toMillis());
        AtomicLong lastId = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
        Ids ids = () -> "%026d".formatted(lastId.incrementAndGet());
        MemoryTable table = new MemoryTable();
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        Catalog catalog = new Catalog(table, clock);
        TenantRegistry registry = new TenantRegistry(table, clock);
        HeadStore head = new HeadStore(new MemoryTable(), objects, registry, ids, clock, HeadSettings.DEFAULTS);
        StoredMetrics opener = new StoredMetrics(objects, new BlockCache(1 << 20));
        CompactService compact = new CompactService(
                tiny(random),
                catalog,
                registry,
                head,
                objects,
                List.of(new MetricsCompactor(MetricsBlockSettings.DEFAULTS, opener, objects, ids, scratch)),
                (tenant, signal) -> Duration.ZERO,
                clock,
                random);

        for (MetricsBatch batch : batches) {
            head.append(
                    List.of(MetricsSegmentWriter.encode(TENANT, batch, RandomMetrics.START, SegmentFormat.LEVEL_FAST)));
            nowMillis.addAndGet(random.nextInt(40) * 60_000L);
            tick(compact, clock);
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            nowMillis.addAndGet(Duration.ofHours(1 + random.nextInt(28)).toMillis());
            tick(compact, clock);
        }
        List<Unit> units = new CatalogFinder(catalog, head, clock)
                .find(TENANT, Signal.METRICS, TimeRange.ALWAYS)
                .units();
        units.forEach(MetricsCompactionContractTest::assertInsideItsWindow);
        return new Merged(units, units.stream().map(opener::open).toList());
    }

    private static void tick(CompactService compact, InstantSource clock) {
        CompactReport report =
                compact.compact(CompactRequest.ALL, clock.instant().plus(Duration.ofMinutes(15)));
        assertThat(report.failed() + report.lost() + report.unfinished()).isZero();
    }

    private static CompactSettings tiny(SplittableRandom random) {
        CompactSettings usual = CompactSettings.DEFAULTS;
        return new CompactSettings(
                usual.headMaxAge(),
                usual.headMaxBytes(),
                1 + random.nextInt(4),
                16_000L << random.nextInt(4),
                1 << 20,
                2 + random.nextInt(4),
                usual.windowDelay(),
                usual.dayDelay(),
                usual.deleteDelay(),
                usual.hourSlack(),
                usual.sweepInterval(),
                usual.orphanAge(),
                usual.jobReserve(),
                usual.commitReserve(),
                usual.deletionDelay(),
                usual.claim());
    }

    private static void assertInsideItsWindow(Unit unit) {
        if (unit.level() > 0) {
            assertThat(BlockWindow.countOf(unit.range(), BlockWindow.nanosOf(unit.level())))
                    .isEqualTo(1);
        }
    }

    private record Merged(List<Unit> units, List<MetricsSource> sources) implements MetricsSource {
        @Override
        public MetricsCursor scan(MetricsScan request) {
            List<MetricsCursor> cursors = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                Unit unit = units.get(i);
                if (unit.range().overlaps(request.range()) && unit.shard().overlaps(request.shard())) {
                    cursors.add(sources.get(i).scan(request));
                }
            }
            return MergingCursor.of(cursors);
        }

        @Override
        public ExemplarCursor exemplars(MetricsScan request) {
            return new MergingExemplarCursor(
                    sources.stream().map(source -> source.exemplars(request)).toList());
        }

        @Override
        public List<MetricMetadata> metadata() {
            return sources.stream()
                    .flatMap(source -> source.metadata().stream())
                    .distinct()
                    .toList();
        }

        @Override
        public void close() {
            sources.forEach(MetricsSource::close);
        }
    }
}
