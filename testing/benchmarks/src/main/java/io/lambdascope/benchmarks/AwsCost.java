package io.lambdascope.benchmarks;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.RetentionTable;
import io.lambdascope.compact.metrics.MetricsCompactor;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.ingest.HeadService;
import io.lambdascope.ingest.PushService;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.RateLimiter;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsRates;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.query.PromQueryRequest;
import io.lambdascope.store.Bill;
import io.lambdascope.store.CostMeter;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.testkit.metrics.NodeExporter;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.store.AccountStores;
import io.lambdascope.testkit.store.InMemoryAccount;
import io.lambdascope.testkit.store.SettableClock;
import io.lambdascope.time.StepGrid;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// AWS calls and dollars of a metric's whole life: five hosts scraped every 15 s for three hours, pushed by one
/// Prometheus in requests of 2,000 samples, batched by the queue over 10 s, compacted once a minute, then asked.
///
/// Stores are in memory behind meters that count and price every call; functions are billed for the time they take
/// here, at the memory they are configured with.
final class AwsCost implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final int HOSTS = 5;
    private static final int SCRAPE_SECONDS = 15;
    private static final int SCRAPES = 3 * 3600 / SCRAPE_SECONDS;
    private static final int PER_REQUEST = 2000;
    private static final int INGEST_MB = 512;
    private static final int COMPACT_MB = 2048;
    private static final int QUERY_MB = 1769;
    private static final int ASKED = 50;
    private static final String QUERY = "sum by (mode) (rate(node_cpu_seconds_total[5m]))";

    private final InMemoryAccount account = new InMemoryAccount(START, 1);
    private final AccountStores stores = account.stores();
    private final SettableClock clock = account.clock();
    private final CostMeter meter = account.meter();
    private final NodeExporter exporter = NodeExporter.load();

    @Override
    public String name() {
        return "aws-cost";
    }

    @Override
    public List<Figure> measure() {
        Catalog catalog = new Catalog(stores.catalog(), clock);
        TenantRegistry registry = new TenantRegistry(stores.catalog(), clock);
        HeadStore head =
                new HeadStore(stores.head(), stores.objects(), registry, stores.ids(), clock, HeadSettings.DEFAULTS);
        StoredMetrics opener = new StoredMetrics(stores.objects(), new BlockCache(256L << 20));
        CompactService compaction = new CompactService(
                CompactSettings.DEFAULTS,
                catalog,
                registry,
                head,
                stores.objects(),
                List.of(new MetricsCompactor(
                        MetricsBlockSettings.DEFAULTS,
                        opener,
                        stores.objects(),
                        stores.ids(),
                        Path.of(System.getProperty("java.io.tmpdir")))),
                RetentionTable.parse(""),
                clock,
                new SplittableRandom(1));
        MetricsPush push = new MetricsPush(
                new PushService(stores.queue(), head, PushSettings.DEFAULTS),
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                new MetricsRates(new RateLimiter(stores.catalog(), clock)),
                clock);
        HeadService headService = new HeadService(head, List.of(new MetricsSegmentMerger()));

        long samples = 0;
        Bill compacted = new Bill(Map.of());
        for (int scrape = 0; scrape < SCRAPES; scrape++) {
            samples += pushScrape(scrape, push);
            deliver(headService);
            clock.advance(Duration.ofSeconds(SCRAPE_SECONDS));
            if (scrape % (60 / SCRAPE_SECONDS) == 0) {
                Bill before = meter.bill();
                billed(
                        COMPACT_MB,
                        () -> compaction.compact(
                                CompactRequest.ALL, clock.instant().plusSeconds(600)));
                compacted = sum(compacted, meter.bill().since(before));
            }
        }
        Bill written = meter.bill();
        Bill asked = ask(catalog, head, opener);
        double million = samples / 1e6;
        return List.of(
                new Figure("samples pushed, in requests of %,d".formatted(PER_REQUEST), "%,d".formatted(samples), ""),
                new Figure(
                        "AWS calls per million samples, pushed, stored and compacted",
                        "%,.0f".formatted(written.calls() / million),
                        ""),
                new Figure(
                        "US dollars per million samples, pushed, stored and compacted",
                        "%.4f".formatted(written.dollars() / million),
                        ""),
                new Figure("of it compaction", "%.4f".formatted(compacted.dollars() / million), ""),
                new Figure(
                        "AWS calls per query, over an hour of all hosts",
                        "%.1f".formatted((double) asked.calls() / ASKED),
                        ""),
                new Figure("US dollars per million such queries", "%.2f".formatted(asked.dollars() / ASKED * 1e6), ""));
    }

    private long pushScrape(int scrape, MetricsPush push) {
        long samples = 0;
        for (MetricsBatch batch : exporter.requests(HOSTS, scrape, clock.millis(), PER_REQUEST)) {
            byte[] body = RemoteWriteBody.of(batch);
            meter.apiRequest(body.length, 0);
            billed(INGEST_MB, () -> push.push(TENANT, RemoteWriteDecoder.decode(body, 32 << 20)));
            samples += batch.sampleCount();
        }
        return samples;
    }

    /// Hands all that waits to the head function, as the event source does when its window ends.
    private void deliver(HeadService headService) {
        List<MessageQueue.Received> batch = new ArrayList<>();
        while (true) {
            List<MessageQueue.Received> some = stores.queue().receive(10, 0);
            if (some.isEmpty()) {
                break;
            }
            batch.addAll(some);
        }
        if (batch.isEmpty()) {
            return;
        }
        billed(
                INGEST_MB,
                () -> headService.handle(batch.stream()
                        .map(message -> new HeadService.Message(message.id(), message.body()))
                        .toList()));
        stores.queue().delete(batch.stream().map(MessageQueue.Received::receipt).toList());
    }

    private Bill ask(Catalog catalog, HeadStore head, StoredMetrics opener) {
        ScanInvoker scans = new ScanExecutor(opener, stores.objects(), stores.ids(), clock);
        ScanInvoker metered = request -> {
            long begun = System.nanoTime();
            byte[] answer = scans.invoke(request);
            meter.invocation(QUERY_MB, (System.nanoTime() - begun) / 1e6);
            return answer;
        };
        PlannedPrometheusQueries queries = new PlannedPrometheusQueries(
                new CatalogFinder(catalog, head, clock),
                new MetricsExecutor(
                        new MetricsPlanner(PlanSettings.DEFAULTS),
                        opener,
                        new FanOut(metered, stores.objects(), clock, 16)),
                EngineSettings.DEFAULTS,
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                clock);
        Bill before = meter.bill();
        for (int i = 0; i < ASKED; i++) {
            // another panel, another hour: what one query leaves in caches is only in part what the next one needs
            long end = clock.millis() - i * 60_000L;
            StepGrid grid = new StepGrid(end - 3_600_000, end, 60_000);
            meter.apiRequest(200, 8_000);
            billed(
                    QUERY_MB,
                    () -> queries.answer(new PromQueryRequest(
                            List.of(TENANT),
                            QUERY,
                            grid,
                            OptionalLong.empty(),
                            clock.instant().plusSeconds(28))));
        }
        return meter.bill().since(before);
    }

    private void billed(int memoryMb, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        meter.invocation(memoryMb, (System.nanoTime() - begun) / 1e6);
    }

    private static Bill sum(Bill a, Bill b) {
        Map<CostMeter.Operation, Bill.Line> lines = new EnumMap<>(CostMeter.Operation.class);
        lines.putAll(a.lines());
        b.lines()
                .forEach((operation, line) -> lines.merge(
                        operation,
                        line,
                        (x, y) -> new Bill.Line(x.calls() + y.calls(), x.units() + y.units(), x.bytes() + y.bytes())));
        return new Bill(lines);
    }
}
