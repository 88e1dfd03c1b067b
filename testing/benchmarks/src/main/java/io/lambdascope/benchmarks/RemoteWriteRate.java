package io.lambdascope.benchmarks;

import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.ingest.metrics.MetricsValidator;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.NodeExporter;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.testkit.wire.Allocation;
import io.lambdascope.wire.remotewrite.RemoteWrite2Decoder;
import io.lambdascope.wire.remotewrite.RemoteWriteDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// From a remote write body to a segment on one core: unpack, decode, validate, encode, compress. Requests are those
/// of Prometheus: 2,000 samples, each of another series of a node exporter, in 2.0 each with its metadata.
final class RemoteWriteRate implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int MAX_BYTES = 32 << 20;

    @Override
    public String name() {
        return "remote-write";
    }

    @Override
    public List<Figure> measure() {
        NodeExporter exporter = NodeExporter.load();
        List<MetricsBatch> requests = exporter.requests(20, 0, NOW.toEpochMilli(), 2000).stream()
                .filter(batch -> batch.sampleCount() == 2000)
                .toList();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure(
                "remote write", requests, RemoteWriteBody::of, body -> RemoteWriteDecoder.decode(body, MAX_BYTES)));
        requests.forEach(request -> request.metadata().addAll(exporter.metadata()));
        figures.addAll(measure(
                "remote write 2.0",
                requests,
                RemoteWrite2Body::of,
                body -> RemoteWrite2Decoder.decode(body, MAX_BYTES).batch()));
        return figures;
    }

    private static List<Figure> measure(
            String protocol,
            List<MetricsBatch> requests,
            Function<MetricsBatch, byte[]> sender,
            Function<byte[], MetricsBatch> decoder) {
        List<byte[]> bodies = requests.stream().map(sender).toList();
        double all = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> toSegment(decoder.apply(body)))
                .sum());
        double decode = CpuRate.of(() -> bodies.stream()
                .mapToLong(body -> decoder.apply(body).sampleCount())
                .sum());
        long allocated = Allocation.of(() -> bodies.forEach(body -> {
                    MetricsBatch _ = decoder.apply(body);
                }))
                / bodies.size()
                / 2000;
        double size = bodies.stream().mapToInt(body -> body.length).average().orElse(0) / 2000;
        return List.of(
                new Figure(
                        protocol + " to segment, samples a second on one core", "%,.0f".formatted(all), "≥ 1,000,000"),
                new Figure("of it decoding alone", "%,.0f".formatted(decode), ""),
                new Figure("allocated by decoding, bytes a sample", "%,d".formatted(allocated), ""),
                new Figure("on the wire, bytes a sample", "%,.1f".formatted(size), ""));
    }

    private static long toSegment(MetricsBatch batch) {
        MetricsValidator.Validated validated = MetricsValidator.validate(batch, TenantLimits.DEFAULTS, NOW);
        int bytes = MetricsSegmentWriter.encode(TENANT, validated.batch(), NOW.toEpochMilli(), SegmentFormat.LEVEL_FAST)
                .bytes()
                .length;
        return bytes == 0 ? 0 : batch.sampleCount();
    }
}
