package io.lambdascope.benchmarks;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.ingest.metrics.MetricsValidator;
import io.lambdascope.limits.OtlpSettings;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.NodeExporter;
import io.lambdascope.testkit.metrics.OtlpBody;
import io.lambdascope.wire.otlp.JsonTranscoder;
import io.lambdascope.wire.otlp.metrics.MetricsShapes;
import io.lambdascope.wire.otlp.metrics.OtlpMetricsDecoder;
import java.time.Instant;
import java.util.List;

/// From an OTLP body to a segment on one core: decode, translate, validate, encode, compress. Requests are those of a
/// Collector: about 2,000 data points of the metrics of a node exporter, a float each.
final class OtlpRate implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int MAX_BYTES = 32 << 20;

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public List<Figure> measure() {
        List<OtlpBody> bodies = OtlpBody.requests(NodeExporter.load(), 20, NOW.toEpochMilli(), 2000);
        double all = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> toSegment(body.protobuf(), body))
                .sum());
        double decode = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> OtlpMetricsDecoder.decode(body.protobuf(), OtlpSettings.DEFAULTS)
                                .batch()
                                .isEmpty()
                        ? 0
                        : body.points())
                .sum());
        double json = CpuRate.of(() -> bodies.stream()
                .mapToLong(body ->
                        toSegment(JsonTranscoder.toProtobuf(body.json(), MetricsShapes.REQUEST, MAX_BYTES), body))
                .sum());
        return List.of(
                new Figure(
                        "OTLP protobuf to segment, data points a second on one core",
                        "%,.0f".formatted(all),
                        "≥ 1,000,000"),
                new Figure("of it decoding and translating alone", "%,.0f".formatted(decode), ""),
                new Figure("OTLP JSON to segment, data points a second on one core", "%,.0f".formatted(json), ""));
    }

    private static long toSegment(byte[] protobuf, OtlpBody body) {
        MetricsBatch batch =
                OtlpMetricsDecoder.decode(protobuf, OtlpSettings.DEFAULTS).batch();
        MetricsValidator.Validated validated = MetricsValidator.validate(batch, TenantLimits.DEFAULTS, NOW);
        int bytes = MetricsSegmentWriter.encode(TENANT, validated.batch(), NOW.toEpochMilli(), SegmentFormat.LEVEL_FAST)
                .bytes()
                .length;
        return bytes == 0 || !validated.rejections().isEmpty() ? 0 : body.points();
    }
}
