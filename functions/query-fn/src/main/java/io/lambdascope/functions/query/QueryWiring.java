package io.lambdascope.functions.query;

import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.api.lambda.Deployment;
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
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.exec.FallbackInvoker;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.plan.metrics.PlanSettings;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.query.PrometheusQueries;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.StoredCardinality;
import io.lambdascope.query.StoredMetricDetails;
import io.lambdascope.query.StoredSampleReads;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsOpener;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The services behind the functions of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class QueryWiring {
    /// API Gateway ends a request at 30 s; this leaves time to say so first.
    private static final Duration LONGEST = Duration.ofSeconds(28);

    private static final long CACHE_BYTES = 256L << 20;

    /// How many scans one query has under way, unless the deployment says otherwise.
    private static final String SCAN_CONCURRENCY = "16";

    private final FrontDoor door;
    private final ScanInvoker scans;

    public QueryWiring() {
        Map<String, String> environment = System.getenv();
        InstantSource clock = InstantSource.system();
        AwsStores stores = AwsStores.open(environment, clock, new SecureRandom());
        MetricsOpener opener = new StoredMetrics(stores.objects(), new BlockCache(CACHE_BYTES));
        this.scans = new ScanExecutor(opener, stores.objects(), stores.ids(), clock);
        FanOut fanOut = new FanOut(
                new FallbackInvoker(stores.scans(), scans),
                stores.objects(),
                clock,
                Integer.parseInt(environment.getOrDefault("SCAN_CONCURRENCY", SCAN_CONCURRENCY)));
        MetricsExecutor executor = new MetricsExecutor(new MetricsPlanner(PlanSettings.DEFAULTS), opener, fanOut);
        UnitFinder finder = new CatalogFinder(stores.catalog(), stores.head(), clock);
        PrometheusQueries queries =
                new PlannedPrometheusQueries(finder, executor, EngineSettings.DEFAULTS, stores.limits(), clock);
        SampleReads reads = new StoredSampleReads(finder, executor, EngineSettings.DEFAULTS, stores.limits(), clock);
        PrometheusApi prometheus = new PrometheusApi(
                clock,
                LONGEST,
                List.of(
                        new QueryEndpoints(queries),
                        new SeriesEndpoints(queries),
                        new MetricDetailEndpoints(new StoredMetricDetails(finder, executor, stores.limits(), clock)),
                        new CardinalityEndpoints(new StoredCardinality(finder, executor, clock), queries),
                        new ExpressionEndpoints(),
                        new RuleEndpoints(),
                        new ScrapeEndpoints(),
                        new TenantEndpoints(stores.catalog(), stores.limits(), clock),
                        new StatusEndpoints(clock, EngineSettings.DEFAULTS.lookbackMillis(), LONGEST)));
        this.door = new FrontDoor(
                Function.QUERY,
                Deployment.verifier(environment),
                Map.of(
                        Api.PROMETHEUS, prometheus,
                        Api.REMOTE_READ, new RemoteReadApi(reads, clock, LONGEST),
                        Api.FEDERATION, new FederationApi(reads, clock, LONGEST)));
        stores.warmUp();
    }

    FrontDoor door() {
        return door;
    }

    ScanInvoker scans() {
        return scans;
    }
}
