package io.lambdascope.functions.query;

import io.lambdascope.api.TokenVerifier;
import io.lambdascope.api.lambda.Deployment;
import io.lambdascope.api.prometheus.PrometheusApi;
import io.lambdascope.aws.AwsStores;
import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.query.InlinePrometheusQueries;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.store.ObjectStore;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// The services behind the functions of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class QueryWiring {
    /// API Gateway ends a request at 30 s; this leaves time to say so first.
    private static final Duration LONGEST = Duration.ofSeconds(28);

    private static final long CACHE_BYTES = 256L << 20;

    private final TokenVerifier verifier;
    private final PrometheusApi prometheus;

    public QueryWiring() {
        Map<String, String> environment = System.getenv();
        InstantSource clock = InstantSource.system();
        AwsStores stores = AwsStores.open(environment, clock, new SecureRandom());
        this.verifier = Deployment.verifier(environment);
        this.prometheus = new PrometheusApi(
                new InlinePrometheusQueries(
                        new CatalogFinder(stores.catalog(), stores.head(), clock),
                        opener(stores.objects(), new BlockCache(CACHE_BYTES)),
                        EngineSettings.DEFAULTS,
                        clock),
                clock,
                LONGEST);
        stores.warmUp();
    }

    private static MetricsOpener opener(ObjectStore objects, BlockCache cache) {
        return unit -> unit.isSegment()
                ? new MetricsSegmentSource(HeadStore.read(unit, objects))
                : new MetricsBlockSource(objects, unit, cache);
    }

    TokenVerifier verifier() {
        return verifier;
    }

    PrometheusApi prometheus() {
        return prometheus;
    }
}
