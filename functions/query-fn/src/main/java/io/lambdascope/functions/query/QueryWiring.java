package io.lambdascope.functions.query;

import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.api.TokenVerifier;
import io.lambdascope.api.lambda.Deployment;
import io.lambdascope.api.loki.FieldEndpoints;
import io.lambdascope.api.loki.LogQueryEndpoints;
import io.lambdascope.api.loki.LokiApi;
import io.lambdascope.api.loki.LokiServerEndpoints;
import io.lambdascope.api.loki.PatternEndpoints;
import io.lambdascope.api.loki.StreamEndpoints;
import io.lambdascope.api.loki.VolumeEndpoints;
import io.lambdascope.api.prometheus.AdminEndpoints;
import io.lambdascope.api.prometheus.CardinalityEndpoints;
import io.lambdascope.api.prometheus.ExpressionEndpoints;
import io.lambdascope.api.prometheus.FederationApi;
import io.lambdascope.api.prometheus.MetricDetailEndpoints;
import io.lambdascope.api.prometheus.PrometheusApi;
import io.lambdascope.api.prometheus.QueryEndpoints;
import io.lambdascope.api.prometheus.RemoteReadApi;
import io.lambdascope.api.prometheus.RuleEndpoints;
import io.lambdascope.api.prometheus.ScrapeEndpoints;
import io.lambdascope.api.prometheus.SeriesEndpoints;
import io.lambdascope.api.prometheus.StatusEndpoints;
import io.lambdascope.api.prometheus.TenantEndpoints;
import io.lambdascope.aws.AwsStores;
import io.lambdascope.block.BlockCache;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.catalog.logs.StoredLogs;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.metrics.MetricsRehearsal;
import io.lambdascope.exec.FallbackInvoker;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.exec.SignalScans;
import io.lambdascope.exec.logs.LogsExecutor;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ResultCache;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.logs.LogsPlanner;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.query.LogStreams;
import io.lambdascope.query.LokiQueries;
import io.lambdascope.query.PlannedLokiQueries;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.query.PrometheusQueries;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.SampledLogFields;
import io.lambdascope.query.StoredCardinality;
import io.lambdascope.query.StoredLogPatterns;
import io.lambdascope.query.StoredLogStreams;
import io.lambdascope.query.StoredMetricDetails;
import io.lambdascope.query.StoredSampleReads;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.store.Ids;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The services behind the functions of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class QueryWiring {
    /// API Gateway ends a request at 30 s; this leaves time to say so first.
    private static final Duration LONGEST = Duration.ofSeconds(28);

    private static final long CACHE_BYTES = 256L << 20;

    /// How many megabytes of results of closed windows are kept, unless the deployment says otherwise; 0 for none.
    private static final String RESULT_CACHE_MB = "64";

    /// How much is read to find patterns: what takes about two seconds.
    private static final long MINED_BYTES = 64L << 20;

    /// How many scans one query has under way, unless the deployment says otherwise.
    private static final String SCAN_CONCURRENCY = "16";

    private final FrontDoor door;
    private final ScanInvoker scans;

    public QueryWiring() {
        Map<String, String> environment = System.getenv();
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        AwsStores stores = AwsStores.open(environment, clock, random);
        BlockCache cache = new BlockCache(CACHE_BYTES);
        MetricsOpener opener = new StoredMetrics(stores.objects(), cache);
        LogsOpener logs = new StoredLogs(stores.objects(), cache);
        this.scans = new SignalScans(Map.of(
                Signal.METRICS,
                new ScanExecutor(opener, stores.objects(), stores.ids(), clock),
                Signal.LOGS,
                new io.lambdascope.exec.logs.ScanExecutor(logs, stores.objects(), stores.ids(), clock)));
        FanOut fanOut = new FanOut(
                new FallbackInvoker(stores.scans(), scans),
                stores.objects(),
                clock,
                Integer.parseInt(environment.getOrDefault("SCAN_CONCURRENCY", SCAN_CONCURRENCY)));
        this.door = door(
                Deployment.verifier(environment),
                stores.catalog(),
                stores.head(),
                new MetricsExecutor(new MetricsPlanner(PlanSettings.DEFAULTS), opener, fanOut)
                        .withCache(new ResultCache(
                                Long.parseLong(environment.getOrDefault("RESULT_CACHE_MB", RESULT_CACHE_MB)) << 20)),
                logs,
                new LogsExecutor(new LogsPlanner(PlanSettings.DEFAULTS), logs, fanOut),
                stores.limits(),
                clock);
        stores.warmUp();
        rehearse(clock, random, stores.ids());
    }

    private static FrontDoor door(
            TokenVerifier verifier,
            Catalog catalog,
            HeadStore head,
            MetricsExecutor executor,
            LogsOpener logs,
            LogsExecutor logsExecutor,
            TenantLimitsSource limits,
            InstantSource clock) {
        UnitFinder finder = new CatalogFinder(catalog, head, clock);
        PrometheusQueries queries =
                new PlannedPrometheusQueries(finder, executor, EngineSettings.DEFAULTS, limits, clock);
        SampleReads reads = new StoredSampleReads(finder, executor, EngineSettings.DEFAULTS, limits, clock);
        PrometheusApi prometheus = new PrometheusApi(
                clock,
                LONGEST,
                List.of(
                        new QueryEndpoints(queries),
                        new SeriesEndpoints(queries),
                        new MetricDetailEndpoints(new StoredMetricDetails(finder, executor, limits, clock)),
                        new CardinalityEndpoints(new StoredCardinality(finder, executor, clock), queries),
                        new ExpressionEndpoints(),
                        new RuleEndpoints(),
                        new ScrapeEndpoints(),
                        new TenantEndpoints(catalog, limits, clock),
                        new AdminEndpoints(new Deletions(catalog, finder)),
                        new StatusEndpoints(clock, EngineSettings.DEFAULTS.lookbackMillis(), LONGEST)));
        return new FrontDoor(
                Function.QUERY,
                verifier,
                Map.of(
                        Api.PROMETHEUS,
                        prometheus,
                        Api.REMOTE_READ,
                        new RemoteReadApi(reads, clock, LONGEST),
                        Api.FEDERATION,
                        new FederationApi(reads, clock, LONGEST),
                        Api.LOKI,
                        loki(finder, logs, logsExecutor, limits, clock)));
    }

    private static LokiApi loki(
            UnitFinder finder,
            LogsOpener opener,
            LogsExecutor executor,
            TenantLimitsSource limits,
            InstantSource clock) {
        LokiQueries queries = new PlannedLokiQueries(finder, executor, limits, clock);
        LogStreams streams = new StoredLogStreams(finder, opener, limits, clock);
        return new LokiApi(
                clock,
                LONGEST,
                List.of(
                        new LogQueryEndpoints(queries),
                        new StreamEndpoints(streams),
                        new VolumeEndpoints(streams),
                        new FieldEndpoints(new SampledLogFields(queries)),
                        new PatternEndpoints(new StoredLogPatterns(finder, opener, limits, clock, MINED_BYTES)),
                        new LokiServerEndpoints(limits, LONGEST)));
    }

    /// Asks over stores in memory, inline and fanned out, so that the first real question, or piece of one, finds its
    /// classes loaded.
    private static void rehearse(InstantSource clock, RandomGenerator random, Ids ids) {
        MetricsRehearsal data = MetricsRehearsal.run(clock, random, Path.of(System.getProperty("java.io.tmpdir")));
        ScanInvoker scans = new ScanExecutor(data.opener(), data.objects(), ids, clock);
        FanOut fanOut = new FanOut(scans, data.objects(), clock, 2);
        LogsOpener logs = new StoredLogs(data.objects(), new BlockCache(1 << 20));
        for (PlanSettings plans : List.of(PlanSettings.INLINE, new PlanSettings(0, 1, 4, 2))) {
            FrontDoor door = door(
                    TokenVerifier.none(MetricsRehearsal.TENANT),
                    data.catalog(),
                    data.head(),
                    new MetricsExecutor(new MetricsPlanner(plans), data.opener(), fanOut)
                            .withCache(new ResultCache(1 << 20)),
                    logs,
                    new LogsExecutor(new LogsPlanner(plans), logs, fanOut),
                    TenantLimitsSource.same(TenantLimits.DEFAULTS),
                    clock);
            Rehearsal.check(door.answer(Rehearsal.question(clock)));
        }
    }

    FrontDoor door() {
        return door;
    }

    ScanInvoker scans() {
        return scans;
    }
}
