package io.lambdascope.ingest.logs;

import io.lambdascope.ingest.RateLimiter;
import io.lambdascope.limits.LogsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.logs.LogsBatch;

/// How many bytes of lines and structured metadata a tenant may push in a second.
public final class LogsRates {
    private final RateLimiter limiter;

    public LogsRates(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /// @throws io.lambdascope.fault.Fault RATE_LIMITED: nothing of `batch` may be stored, all may be pushed again
    void take(Tenant tenant, TenantLimits limits, LogsBatch batch) {
        double rate = limits.get(LogsLimits.INGESTION_RATE_MB) * LogsLimits.BYTES_PER_MB;
        if (rate == 0 || batch.isEmpty()) {
            return;
        }
        double burst = limits.get(LogsLimits.INGESTION_BURST_SIZE_MB) * LogsLimits.BYTES_PER_MB;
        long bytes = bytesOf(batch);
        String refusal = ("ingestion rate limit exceeded for user %s (limit: %d bytes/sec) while attempting to ingest"
                        + " '%d' lines totaling '%d' bytes; send them again later, or see logs.ingestion_rate_mb")
                .formatted(tenant, (long) rate, batch.entryCount(), bytes);
        limiter.take(tenant, new RateLimiter.Rate("logs.ingestion_rate_mb", rate, burst, refusal), bytes);
    }

    private static long bytesOf(LogsBatch batch) {
        long bytes = batch.lineStart(batch.entryCount());
        for (int entry = 0; entry < batch.entryCount(); entry++) {
            bytes += LogsValidator.bytesOf(batch, entry);
        }
        return bytes;
    }
}
