package io.lambdascope.head.metrics;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;

/// What the golden segments of metrics hold: one of everything.
final class GoldenSegments {
    static final Tenant TENANT = new Tenant("team-a");
    static final long START = 1_760_000_000_000L;

    private GoldenSegments() {}

    static MetricsBatch batch() {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(Labels.of("__name__", "up", "instance", "host-1:9100", "job", "node"));
        batch.addSample(START, 1);
        batch.addSample(START + 15_000, 1);
        batch.addSample(START + 30_000, StaleMarker.VALUE);
        batch.startSeries(Labels.of("__name__", "node_load1", "instance", "host-1:9100", "job", "node"));
        batch.addSample(START, 0.35);
        batch.addSample(START + 15_001, 0.355);
        batch.addSample(START + 30_000, Math.PI);
        batch.addSample(START + 45_000, Double.NaN);
        batch.addSample(START + 60_000, Double.NEGATIVE_INFINITY);
        batch.addSample(START + 75_000, -0.0);
        batch.startSeries(Labels.of("__name__", "requests_total", "päth", "/ü", "job", "shop"));
        batch.addSample(START + 7, 9_007_199_254_740_991.0);
        batch.startedAt(START - 3_600_000);
        batch.addExemplar(new Exemplar(Labels.of("trace_id", "4bf92f3577b34da6"), 0.25, START + 6));
        batch.startSeries(Labels.of("__name__", "latency_seconds", "job", "shop"));
        batch.addSample(
                START,
                new NativeHistogram(
                        3,
                        0x1p-128,
                        2,
                        12,
                        18.4,
                        new int[] {0, 2, 1, 1},
                        new double[] {3, 5, 1},
                        new int[] {-2, 1},
                        new double[] {1},
                        new double[0],
                        NativeHistogram.ResetHint.NOT_RESET));
        batch.addSample(
                START + 15_000,
                new NativeHistogram(
                        NativeHistogram.CUSTOM_BUCKETS,
                        0,
                        0,
                        2.5,
                        1.25,
                        new int[] {0, 2},
                        new double[] {1.5, 1},
                        new int[0],
                        new double[0],
                        new double[] {0.5, 2.5},
                        NativeHistogram.ResetHint.GAUGE));
        batch.addMetadata(new MetricMetadata(
                "requests_total", MetricMetadata.Type.COUNTER, "Requests that were answered.", "requests"));
        return batch;
    }

    /// As the current version writes it. A golden file is made of this once, when a version is new, and never again.
    static Segment current() {
        return MetricsSegmentWriter.encode(TENANT, batch(), START, SegmentFormat.LEVEL_SMALL);
    }
}
