package io.lambdascope.api.otlp.logs;

import io.lambdascope.api.otlp.OtlpExport;
import io.lambdascope.ingest.logs.LogsPush;
import io.lambdascope.ingest.logs.LogsValidator.Validated;
import io.lambdascope.limits.OtlpLogsSettings;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.time.TimeRange;
import io.lambdascope.wire.otlp.MessageShape;
import io.lambdascope.wire.otlp.logs.LogsShapes;
import io.lambdascope.wire.otlp.logs.OtlpLogsDecoder;
import java.time.InstantSource;

/// Logs by OTLP.
public final class LogsExport implements OtlpExport {
    private final LogsPush pushes;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public LogsExport(LogsPush pushes, TenantLimitsSource limits, InstantSource clock) {
        this.pushes = pushes;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public MessageShape shape() {
        return LogsShapes.REQUEST;
    }

    @Override
    public String rejectedName() {
        return "rejectedLogRecords";
    }

    @Override
    public Outcome export(Tenant tenant, byte[] request) {
        LogsBatch batch = OtlpLogsDecoder.decode(
                request, OtlpLogsSettings.of(limits.of(tenant)), TimeRange.millisToNanos(clock.millis()));
        Validated validated = pushes.push(tenant, batch);
        return new Outcome(validated.refused(), validated.rejections().text());
    }
}
