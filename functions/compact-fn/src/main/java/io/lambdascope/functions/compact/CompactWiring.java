package io.lambdascope.functions.compact;

import io.lambdascope.aws.AwsStores;
import io.lambdascope.block.BlockCache;
import io.lambdascope.block.logs.LogsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.logs.StoredLogs;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.RetentionTable;
import io.lambdascope.compact.TenantRetention;
import io.lambdascope.compact.logs.LogsCompactor;
import io.lambdascope.compact.metrics.MetricsCompactor;
import io.lambdascope.compact.metrics.MetricsRehearsal;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The service behind the function of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class CompactWiring {
    private static final long CACHE_BYTES = 256 << 20;

    private final CompactService service;

    public CompactWiring() {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        AwsStores stores = AwsStores.open(System.getenv(), clock, random);
        BlockCache cache = new BlockCache(CACHE_BYTES);
        this.service = new CompactService(
                settings(System.getenv()),
                stores.catalog(),
                stores.registry(),
                stores.head(),
                stores.objects(),
                List.of(
                        new MetricsCompactor(
                                MetricsBlockSettings.DEFAULTS,
                                new StoredMetrics(stores.objects(), cache),
                                stores.objects(),
                                stores.ids(),
                                scratch),
                        new LogsCompactor(
                                LogsBlockSettings.DEFAULTS,
                                new StoredLogs(stores.objects(), cache),
                                stores.objects(),
                                stores.ids(),
                                scratch)),
                new TenantRetention(
                        stores.limits(), RetentionTable.parse(System.getenv().getOrDefault("RETENTION", ""))),
                clock,
                random);
        stores.warmUp();
        MetricsRehearsal.run(clock, random, scratch);
    }

    /// The defaults, but for what the deployment says.
    private static CompactSettings settings(Map<String, String> environment) {
        CompactSettings defaults = CompactSettings.DEFAULTS;
        return defaults.with(
                seconds(environment, "HEAD_MAX_AGE_SECONDS", defaults.headMaxAge()),
                Integer.parseInt(environment.getOrDefault("MAX_JOB_BLOCKS", Integer.toString(defaults.maxJobBlocks()))),
                seconds(environment, "DELETE_DELAY_SECONDS", defaults.deleteDelay()),
                seconds(environment, "COMPACT_CLAIM_SECONDS", defaults.claim()));
    }

    private static Duration seconds(Map<String, String> environment, String name, Duration otherwise) {
        return Duration.ofSeconds(Long.parseLong(environment.getOrDefault(name, Long.toString(otherwise.toSeconds()))));
    }

    CompactService service() {
        return service;
    }
}
