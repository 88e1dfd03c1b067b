package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.random.RandomGenerator;

/// Metrics with all that can stand in them: counters and gauges as people have them, and late, repeated and
/// contradicting samples, odd numbers, histograms, stale markers, start timestamps, exemplars, metadata.
public final class RandomMetrics {
    /// Around here all samples lie, milliseconds.
    public static final long START = 1_760_000_000_000L;

    private final RandomGenerator random;

    private RandomMetrics(RandomGenerator random) {
        this.random = random;
    }

    /// A batch that follows from `random` alone.
    public static MetricsBatch batch(RandomGenerator random) {
        return new RandomMetrics(random).batch();
    }

    private MetricsBatch batch() {
        MetricsBatch batch = new MetricsBatch();
        for (int i = random.nextInt(1, 60); i > 0; i--) {
            batch.startSeries(labels());
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> addRun(batch, random.nextInt(1, 200));
                case 4 -> addHistograms(batch, random.nextInt(1, 30));
                default -> addScattered(batch, random.nextInt(8));
            }
            if (random.nextInt(6) == 0) {
                batch.addExemplar(exemplar());
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            batch.addMetadata(new MetricMetadata(
                    "metric_" + i, MetricMetadata.Type.ofCode(random.nextInt(8)), "help of " + i, "seconds"));
        }
        return batch;
    }

    private Labels labels() {
        Labels.Builder labels = new Labels.Builder();
        if (random.nextInt(20) > 0) {
            labels.set(Labels.NAME, "metric_" + random.nextInt(6));
        }
        if (random.nextBoolean()) {
            labels.set("job", random.nextBoolean() ? "node" : "shop");
        }
        if (random.nextInt(3) == 0) {
            labels.set("päth.x", "/ü/" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            labels.set("Job", "other case");
        }
        if (random.nextInt(3) == 0) {
            labels.set("rare_" + random.nextInt(12), Integer.toString(random.nextInt(2)));
        }
        return labels.build();
    }

    /// Samples as a scrape makes them: every 15 s with or without jitter and gaps.
    private void addRun(MetricsBatch batch, int count) {
        int jitterMillis = random.nextBoolean() ? 0 : random.nextInt(1, 50);
        double scale = Math.pow(10, random.nextInt(7));
        boolean counter = random.nextBoolean();
        int oddity = random.nextInt(4) == 0 ? random.nextInt(2, 40) : Integer.MAX_VALUE;
        long value = random.nextInt(1_000_000);
        long time = START + random.nextInt(3600) * 1000L;
        for (int i = 0; i < count; i++) {
            value += counter ? random.nextInt(1000) : random.nextInt(-50, 51);
            boolean odd = oddity != Integer.MAX_VALUE && random.nextInt(oddity) == 0;
            batch.addSample(
                    time + (jitterMillis == 0 ? 0 : random.nextInt(jitterMillis)), odd ? oddValue() : value / scale);
            time += random.nextInt(30) == 0 ? 60_000 : 15_000;
        }
        if (random.nextInt(4) == 0) {
            batch.addSample(time, StaleMarker.VALUE);
        }
    }

    private void addHistograms(MetricsBatch batch, int count) {
        NativeHistogram layout = histogram();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(10) == 0) {
                layout = histogram();
            }
            double[] buckets = layout.positiveBuckets().clone();
            for (int bucket = 0; bucket < buckets.length; bucket++) {
                buckets[bucket] += i;
            }
            batch.addSample(
                    START + i * 15_000L,
                    new NativeHistogram(
                            layout.schema(),
                            layout.zeroThreshold(),
                            layout.zeroCount(),
                            layout.count() + i,
                            layout.sum() + i / 4.0,
                            layout.positiveSpans(),
                            buckets,
                            layout.negativeSpans(),
                            layout.negativeBuckets(),
                            layout.customValues(),
                            NativeHistogram.ResetHint.ofCode(random.nextInt(4))));
            batch.startedAt(random.nextBoolean() ? START - 5000 : 0);
        }
    }

    private void addScattered(MetricsBatch batch, int count) {
        for (int i = 0; i < count; i++) {
            long time = START + random.nextInt(8) * 15_000L - (random.nextInt(5) == 0 ? 86_400_000L : 0);
            if (random.nextInt(10) == 0) {
                batch.addSample(time, histogram());
            } else {
                batch.addSample(time, oddValue());
            }
            batch.startedAt(random.nextInt(4) == 0 ? START - random.nextInt(100_000) : 0);
        }
    }

    private double oddValue() {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> StaleMarker.VALUE;
            case 5 -> Double.longBitsToDouble(random.nextLong());
            case 6 -> random.nextGaussian();
            case 7 -> 0.1 + 0.2;
            case 8 -> Double.MIN_VALUE;
            case 9 -> random.nextLong();
            case 10 -> 0x1p53 - random.nextInt(-2, 3);
            default -> random.nextInt(1000);
        };
    }

    private NativeHistogram histogram() {
        boolean custom = random.nextInt(4) == 0;
        double[] buckets = new double[random.nextInt(1, 5)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = random.nextBoolean() ? random.nextInt(100) : random.nextDouble();
        }
        boolean negative = !custom && random.nextBoolean();
        return new NativeHistogram(
                custom ? NativeHistogram.CUSTOM_BUCKETS : random.nextInt(-4, 9),
                custom ? 0 : 0x1p-128,
                random.nextInt(10),
                random.nextInt(1000),
                random.nextInt(8) == 0 ? oddValue() : random.nextInt(1000) / 8.0,
                new int[] {random.nextInt(-5, 5), buckets.length},
                buckets,
                negative ? new int[] {3, 1} : new int[0],
                negative ? new double[] {random.nextInt(9)} : new double[0],
                custom ? new double[] {0.5, 1, 2.5, 10} : new double[0],
                NativeHistogram.ResetHint.ofCode(random.nextInt(4)));
    }

    private Exemplar exemplar() {
        Labels own = random.nextInt(5) == 0
                ? Labels.EMPTY
                : Labels.of("trace_id", Long.toHexString(random.nextLong()), "span_id", "7");
        return new Exemplar(own, random.nextInt(100) / 4.0, START + random.nextInt(100) * 1000L);
    }
}
