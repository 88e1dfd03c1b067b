package io.lambdascope.benchmarks;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.ingest.metrics.MetricsValidator;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.NodeExporter;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import java.time.Instant;
import java.util.List;

/// From a remote write body to a segment on one core: unpack, decode, validate, encode, compress. Requests are those
/// of Prometheus: 2,000 samples, each of another series of a node exporter.
final class RemoteWriteRate implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public String name() {
        return "remote-write";
    }

    @Override
    public List<Figure> measure() {
        List<byte[]> bodies = NodeExporter.load().requests(20, 0, NOW.toEpochMilli(), 2000).stream()
                .filter(batch -> batch.sampleCount() == 2000)
                .map(RemoteWriteBody::of)
                .toList();
        double all = CpuRate.of(
                () -> bodies.stream().mapToLong(RemoteWriteRate::toSegment).sum());
        double decode = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> RemoteWriteDecoder.decode(body, 32 << 20).sampleCount())
                .sum());
        return List.of(
                new Figure(
                        "remote write to segment, samples a second on one core", "%,.0f".formatted(all), "≥ 1,000,000"),
                new Figure("of it decoding alone", "%,.0f".formatted(decode), ""));
    }

    private static long toSegment(byte[] body) {
        MetricsBatch batch = RemoteWriteDecoder.decode(body, 32 << 20);
        MetricsValidator.Validated validated = MetricsValidator.validate(batch, TenantLimits.DEFAULTS, NOW);
        int bytes = MetricsSegmentWriter.encode(TENANT, validated.batch(), NOW.toEpochMilli(), SegmentFormat.LEVEL_FAST)
                .bytes()
                .length;
        return bytes == 0 ? 0 : batch.sampleCount();
    }
}
