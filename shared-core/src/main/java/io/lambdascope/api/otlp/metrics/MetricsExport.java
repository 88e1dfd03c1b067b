package io.lambdascope.api.otlp.metrics;

import io.lambdascope.api.otlp.OtlpExport;
import io.lambdascope.fault.Rejections;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsValidator.Validated;
import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.wire.otlp.MessageShape;
import io.lambdascope.wire.otlp.metrics.MetricsShapes;
import io.lambdascope.wire.otlp.metrics.OtlpMetrics;
import io.lambdascope.wire.otlp.metrics.OtlpMetricsDecoder;

/// Metrics by OTLP.
public final class MetricsExport implements OtlpExport {
    private final MetricsPush pushes;
    private final TenantLimitsSource limits;

    public MetricsExport(MetricsPush pushes, TenantLimitsSource limits) {
        this.pushes = pushes;
        this.limits = limits;
    }

    @Override
    public MessageShape shape() {
        return MetricsShapes.REQUEST;
    }

    @Override
    public String rejectedName() {
        return "rejectedDataPoints";
    }

    @Override
    public Outcome export(Tenant tenant, byte[] request) {
        OtlpMetrics decoded = OtlpMetricsDecoder.decode(request, OtlpSettings.of(limits.of(tenant)));
        Validated validated = pushes.push(tenant, decoded.batch());
        String text = Rejections.text(decoded.rejections(), validated.rejections());
        return new Outcome(decoded.refusedWith(validated.incomplete()), text);
    }
}
