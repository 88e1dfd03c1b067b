package io.lambdascope.ingest.metrics;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.ingest.PushService;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.metrics.MetricsBatch;
import java.time.Instant;
import java.time.InstantSource;

/// Takes decoded metrics, whatever protocol they came by: validates, holds them to the tenant's rates, encodes, makes
/// durable.
public final class MetricsPush {
    private final PushService pushes;
    private final TenantLimitsSource limits;
    private final MetricsRates rates;
    private final InstantSource clock;

    public MetricsPush(PushService pushes, TenantLimitsSource limits, MetricsRates rates, InstantSource clock) {
        this.pushes = pushes;
        this.limits = limits;
        this.rates = rates;
        this.clock = clock;
    }

    /// Returns once everything that breaks no rule is durable.
    ///
    /// @return what is durable, and what was refused
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE, RATE_LIMITED: all of it may be pushed again
    public MetricsValidator.Validated push(Tenant tenant, MetricsBatch batch) {
        Instant now = clock.instant();
        TenantLimits ofTenant = limits.of(tenant);
        MetricsValidator.Validated validated = MetricsValidator.validate(batch, ofTenant, now);
        rates.take(tenant, ofTenant, validated.batch());
        if (!validated.batch().isEmpty()) {
            pushes.push(MetricsSegmentWriter.encode(
                    tenant, validated.batch(), now.toEpochMilli(), SegmentFormat.LEVEL_FAST));
        }
        return validated;
    }
}
