package io.lambdascope.ingest.logs;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.ingest.PushService;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.logs.LogsBatch;
import java.time.Instant;
import java.time.InstantSource;

/// Takes decoded logs, whatever protocol they came by: names their services and levels, validates, holds them to the
/// tenant's
/// rate, encodes, makes durable.
public final class LogsPush {
    private final PushService pushes;
    private final TenantLimitsSource limits;
    private final LogsRates rates;
    private final InstantSource clock;

    public LogsPush(PushService pushes, TenantLimitsSource limits, LogsRates rates, InstantSource clock) {
        this.pushes = pushes;
        this.limits = limits;
        this.rates = rates;
        this.clock = clock;
    }

    /// Returns once everything that breaks no rule is durable.
    ///
    /// @param batch is taken over
    /// @return what is durable, and what was refused
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE, RATE_LIMITED: all of it may be pushed again
    public LogsValidator.Validated push(Tenant tenant, LogsBatch batch) {
        Instant now = clock.instant();
        TenantLimits ofTenant = limits.of(tenant);
        LogsValidator.Validated validated = prepare(batch, ofTenant, now);
        rates.take(tenant, ofTenant, validated.batch());
        if (!validated.batch().isEmpty()) {
            pushes.push(LogsSegmentWriter.encode(
                    tenant, validated.batch(), LogsValidator.nanos(now), SegmentFormat.LEVEL_FAST));
        }
        return validated;
    }

    /// What is to be stored of a batch.
    ///
    /// @param batch is taken over
    /// @param now when it arrived
    public static LogsValidator.Validated prepare(LogsBatch batch, TenantLimits limits, Instant now) {
        ServiceNames.discover(batch, limits);
        LogsValidator.Validated validated = LogsValidator.validate(batch, limits, now);
        Levels.detect(validated.batch(), limits);
        return validated;
    }
}
