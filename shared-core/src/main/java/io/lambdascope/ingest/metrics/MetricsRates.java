package io.lambdascope.ingest.metrics;

import io.lambdascope.ingest.RateLimiter;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.MetricsBatch;

/// How much a tenant may push: requests a second, and samples, exemplars and metadata a second.
public final class MetricsRates {
    private final RateLimiter limiter;

    public MetricsRates(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /// @throws io.lambdascope.fault.Fault RATE_LIMITED: nothing of `batch` may be stored, all of it may be pushed again
    void take(Tenant tenant, TenantLimits limits, MetricsBatch batch) {
        double requests = limits.get(MetricsLimits.REQUEST_RATE);
        if (requests > 0) {
            long burst = limits.get(MetricsLimits.REQUEST_BURST_SIZE);
            String refusal = ("more pushes come than the %s a second that request_rate allows, with bursts of %d"
                            + " (err-mimir-tenant-max-request-rate); send this one again later")
                    .formatted(requests, burst);
            limiter.take(tenant, new RateLimiter.Rate("request_rate", requests, burst, refusal), 1);
        }
        double items = limits.get(MetricsLimits.INGESTION_RATE);
        if (items > 0) {
            long burst = limits.get(MetricsLimits.INGESTION_BURST_SIZE);
            String refusal = ("more samples, exemplars and metadata come than the %s a second that ingestion_rate"
                            + " allows, with bursts of %d (err-mimir-tenant-max-ingestion-rate); send them again later")
                    .formatted(items, burst);
            long amount = (long) batch.sampleCount()
                    + batch.exemplars().size()
                    + batch.metadata().size();
            limiter.take(tenant, new RateLimiter.Rate("ingestion_rate", items, burst, refusal), amount);
        }
    }
}
