package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactReport;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.metrics.MetricsCompactor;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.StoredCardinality;
import io.lambdascope.query.StoredMetricDetails;
import io.lambdascope.query.StoredSampleReads;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.testkit.http.GoldenPair;
import io.lambdascope.testkit.store.AccountStores;
import io.lambdascope.testkit.store.InMemoryAccount;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// An account in memory in which one tenant pushes, asks and has its data compacted, at moments that a test decides.
final class StoredAccount {
    static final Tenant TENANT = new Tenant("demo");

    private static final Duration LONGEST = Duration.ofSeconds(28);

    final InMemoryAccount account;
    final Catalog catalog;
    final MetricsOpener opener;
    private final HeadStore head;
    private final UnitFinder finder;
    private final CompactService compact;
    private final Access access;
    private final FrontDoor inline;
    private final FrontDoor pieces;

    /// @param access what whoever asks may do
    /// @param scratch an existing directory
    StoredAccount(Instant start, Access access, Path scratch) {
        this.account = new InMemoryAccount(start, 1);
        this.access = access;
        AccountStores stores = account.stores();
        this.catalog = new Catalog(stores.catalog(), stores.clock());
        TenantRegistry registry = new TenantRegistry(stores.catalog(), stores.clock());
        this.head = new HeadStore(
                stores.head(), stores.objects(), registry, stores.ids(), stores.clock(), HeadSettings.DEFAULTS);
        this.finder = new CatalogFinder(catalog, head, stores.clock());
        this.opener = new StoredMetrics(stores.objects(), new BlockCache(1 << 20));
        this.compact = new CompactService(
                CompactSettings.DEFAULTS,
                catalog,
                registry,
                head,
                stores.objects(),
                List.of(new MetricsCompactor(
                        MetricsBlockSettings.DEFAULTS, opener, stores.objects(), stores.ids(), scratch)),
                (_, _) -> Duration.ZERO,
                stores.clock(),
                new SplittableRandom(1));
        this.inline = door(stores, PlanSettings.INLINE);
        this.pieces = door(stores, new PlanSettings(0, 1, 4, 2));
    }

    private FrontDoor door(AccountStores stores, PlanSettings plans) {
        FanOut fanOut = new FanOut(
                new ScanExecutor(opener, stores.objects(), stores.ids(), stores.clock()),
                stores.objects(),
                stores.clock(),
                1);
        MetricsExecutor executor = new MetricsExecutor(new MetricsPlanner(plans), opener, fanOut);
        EngineSettings settings = EngineSettings.DEFAULTS;
        TenantLimitsSource limits = TenantLimitsSource.same(TenantLimits.DEFAULTS);
        PlannedPrometheusQueries queries =
                new PlannedPrometheusQueries(finder, executor, settings, limits, stores.clock());
        SampleReads reads = new StoredSampleReads(finder, executor, settings, limits, stores.clock());
        PrometheusApi prometheus = new PrometheusApi(
                stores.clock(),
                LONGEST,
                List.of(
                        new QueryEndpoints(queries),
                        new SeriesEndpoints(queries),
                        new MetricDetailEndpoints(new StoredMetricDetails(finder, executor, limits, stores.clock())),
                        new CardinalityEndpoints(new StoredCardinality(finder, executor, stores.clock()), queries),
                        new ExpressionEndpoints(),
                        new RuleEndpoints(),
                        new ScrapeEndpoints(),
                        new TenantEndpoints(catalog, limits, stores.clock()),
                        new AdminEndpoints(new Deletions(catalog, finder)),
                        new StatusEndpoints(stores.clock(), settings.lookbackMillis(), LONGEST)));
        return new FrontDoor(
                Function.QUERY,
                _ -> access,
                Map.of(
                        Api.PROMETHEUS,
                        prometheus,
                        Api.REMOTE_READ,
                        new RemoteReadApi(reads, stores.clock(), LONGEST),
                        Api.FEDERATION,
                        new FederationApi(reads, stores.clock(), LONGEST),
                        Api.LOKI,
                        (request, _, _) -> HttpResponse.text(404, "no logs here: " + request.path())));
    }

    Instant now() {
        return account.clock().instant();
    }

    /// Makes `batch` visible at once.
    void push(MetricsBatch batch) {
        push(segment(batch, now()));
    }

    void push(Segment segment) {
        head.append(List.of(segment));
    }

    static Segment segment(MetricsBatch batch, Instant now) {
        return MetricsSegmentWriter.encode(TENANT, batch, now.toEpochMilli(), SegmentFormat.LEVEL_FAST);
    }

    /// Lets time pass, and compaction run at its end.
    CompactReport compactAfter(Duration wait) {
        account.clock().advance(wait);
        return compact.compact(CompactRequest.ALL, now().plus(Duration.ofMinutes(15)));
    }

    List<Unit> units() {
        return finder.find(TENANT, Signal.METRICS, TimeRange.ALWAYS).units();
    }

    /// @param requestLine method and path with query
    HttpResponse ask(String requestLine) {
        return inline.answer(request(requestLine));
    }

    /// The same, answered by a query that is cut into pieces as small as they get.
    HttpResponse askInPieces(String requestLine) {
        return pieces.answer(request(requestLine));
    }

    HttpResponse ask(HttpRequest request) {
        return inline.answer(request);
    }

    private static HttpRequest request(String requestLine) {
        return new GoldenPair(requestLine, requestLine, Map.of(), "", 0, "").request(Map.of());
    }
}
