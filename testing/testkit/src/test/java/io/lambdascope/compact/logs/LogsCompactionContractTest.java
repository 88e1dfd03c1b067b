package io.lambdascope.compact.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.logs.LogsBlockSettings;
import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.logs.StoredLogs;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentReader;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.MergingCursor;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsSourceContract;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/// Entries on their way from the head to the top level: what is read is the same wherever compaction has brought them,
/// with shards and windows as small as they get.
class LogsCompactionContractTest extends LogsSourceContract {
    private static final Tenant TENANT = new Tenant("shop");

    @TempDir
    private Path scratch;

    @Override
    protected LogsSource source(List<List<LogItem>> batches, SplittableRandom random) {
        AtomicLong nowMillis =
                new AtomicLong(Duration.ofNanos(START_NANOS + SPAN_NANOS).toMillis());
        AtomicLong lastId = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
        Ids ids = () -> "%026d".formatted(lastId.incrementAndGet());
        MemoryTable table = new MemoryTable();
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        Catalog catalog = new Catalog(table, clock);
        TenantRegistry registry = new TenantRegistry(table, clock);
        HeadStore head = new HeadStore(new MemoryTable(), objects, registry, ids, clock, HeadSettings.DEFAULTS);
        StoredLogs opener = new StoredLogs(objects, new BlockCache(1 << 20));
        CompactService compact = new CompactService(
                tiny(random),
                catalog,
                registry,
                head,
                objects,
                List.of(new LogsCompactor(LogsBlockSettings.DEFAULTS, opener, objects, ids, scratch)),
                (tenant, signal) -> Duration.ZERO,
                clock,
                random);

        for (int i = 0; i < batches.size(); i++) {
            head.append(List.of(LogsSegmentWriter.encode(
                    TENANT, LogItem.batch(batches.get(i)), START_NANOS + i, SegmentFormat.LEVEL_FAST)));
            nowMillis.addAndGet(random.nextInt(40) * 60_000L);
            tick(compact, clock);
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            nowMillis.addAndGet(Duration.ofHours(1 + random.nextInt(28)).toMillis());
            tick(compact, clock);
        }
        List<Unit> units = new ArrayList<>(new CatalogFinder(catalog, head, clock)
                .find(TENANT, Signal.LOGS, TimeRange.ALWAYS)
                .units());
        units.forEach(LogsCompactionContractTest::assertInsideItsWindow);
        units.sort(Comparator.comparingInt((Unit unit) -> -unit.level())
                .thenComparing(unit -> unit.isSegment() ? arrived(unit, objects) : unit.id()));
        return new Merged(units.stream().map(opener::open).toList());
    }

    private static String arrived(Unit segment, ObjectStore objects) {
        return "%020d"
                .formatted(
                        LogsSegmentReader.read(HeadStore.read(segment, objects)).arrivedNanos());
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
                8_000L << random.nextInt(4),
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

    /// Units that were read with all columns, as whoever compares entries must, less what was not wanted.
    private record Merged(List<LogsSource> sources) implements LogsSource {
        @Override
        public LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats) {
            LogsScan all = new LogsScan(
                    request.matchers(),
                    request.range(),
                    request.shard(),
                    request.hints(),
                    LogsScan.Columns.ALL,
                    LogsScan.Order.BY_STREAM);
            return new OnlyColumns(
                    MergingCursor.of(sources.stream()
                            .map(source -> source.scan(all, horizon, stats))
                            .toList()),
                    request.columns());
        }

        @Override
        public List<StreamSummary> streams(LogsScan request, LogsStats stats) {
            // what several units hold twice is counted twice by them
            return summaries(LogItem.read(scan(request, new Horizon(), stats)));
        }

        @Override
        public void close() {
            sources.forEach(LogsSource::close);
        }
    }

    /// Entries less the columns that are not wanted.
    private record OnlyColumns(LogsCursor cursor, LogsScan.Columns wanted) implements LogsCursor {
        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public Labels stream() {
            return cursor.stream();
        }

        @Override
        public LogEntries entries() {
            LogEntries all = cursor.entries();
            return new LogEntries(
                    all.size(),
                    all.times(),
                    all.lines(),
                    wanted.lines() ? all.lineStarts() : new int[all.size() + 1],
                    all.metadata().stream()
                            .filter(column -> wanted.wants(column.name()))
                            .toList());
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
