package io.lambdascope.benchmarks;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.NodeExporter;
import java.util.ArrayList;
import java.util.List;

/// Bytes that a sample takes in segments, labels and all.
final class SegmentSize implements Measurement {
    private static final Tenant TENANT = new Tenant("bench");
    private static final long NOW = 1_795_000_000_000L;

    @Override
    public String name() {
        return "segment-size";
    }

    @Override
    public List<Figure> measure() {
        NodeExporter exporter = NodeExporter.load();
        List<Segment> minute = new ArrayList<>();
        for (int scrape = 0; scrape < 4; scrape++) {
            for (MetricsBatch batch : exporter.requests(20, scrape, NOW + scrape * 15_000L, 2000)) {
                minute.add(encode(batch));
            }
        }
        return List.of(
                figure(
                        "one host's scrape as one push",
                        List.of(encode(exporter.requests(1, 0, NOW, 2000).getFirst())),
                        exporter.size()),
                figure("pushes of 2,000 samples", minute, 4L * 20 * exporter.size()),
                figure(
                        "20 hosts, one scrape, merged",
                        List.of(new MetricsSegmentMerger().merge(minute.subList(0, minute.size() / 4))),
                        20L * exporter.size()),
                figure(
                        "20 hosts, a minute at 15 s, merged",
                        List.of(new MetricsSegmentMerger().merge(minute)),
                        4L * 20 * exporter.size()));
    }

    private static Segment encode(MetricsBatch batch) {
        return MetricsSegmentWriter.encode(TENANT, batch, NOW, SegmentFormat.LEVEL_FAST);
    }

    private static Figure figure(String what, List<Segment> segments, long samples) {
        long bytes =
                segments.stream().mapToLong(segment -> segment.bytes().length).sum();
        return new Figure(what + ", bytes a sample", "%.2f".formatted((double) bytes / samples), "");
    }
}
