package io.lambdascope.compact;

import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import java.time.Duration;

/// Retention by the limits of tenants, where they say how long, else as the deployment says it.
public record TenantRetention(TenantLimitsSource limits, Retention otherwise) implements Retention {
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the limits are not known: then nothing may be dropped
    @Override
    public Duration of(Tenant tenant, Signal signal) {
        return switch (signal) {
            case METRICS ->
                limits.of(tenant)
                        .said(MetricsLimits.COMPACTOR_BLOCKS_RETENTION_PERIOD)
                        .orElseGet(() -> otherwise.of(tenant, signal));
            case LOGS, TRACES, PROFILES -> otherwise.of(tenant, signal);
        };
    }
}
