package io.lambdascope.functions.compact;

import io.lambdascope.aws.AwsStores;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.Retention;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The service behind the function of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class CompactWiring {
    private static final Retention FOREVER = (tenant, signal) -> Duration.ZERO;

    private final CompactService service;

    public CompactWiring() {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        AwsStores stores = AwsStores.open(System.getenv(), clock, random);
        this.service = new CompactService(
                CompactSettings.DEFAULTS,
                stores.catalog(),
                stores.registry(),
                stores.head(),
                stores.objects(),
                List.of(),
                FOREVER,
                clock,
                random);
        stores.warmUp();
    }

    CompactService service() {
        return service;
    }
}
