package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.random.RandomGenerator;

/// Batches with all that can stand in one: late, repeated and contradicting samples, odd numbers, histograms, stale
/// markers, exemplars, metadata.
public final class RandomBatches {
    private static final long START = 1_760_000_000_000L;

    private RandomBatches() {}

    public static MetricsBatch from(RandomGenerator random) {
        return from(random, START);
    }

    /// @param start milliseconds since the Unix epoch; samples lie in the two minutes from then on
    public static MetricsBatch from(RandomGenerator random, long start) {
        MetricsBatch batch = new MetricsBatch();
        int series = random.nextInt(40);
        boolean single = random.nextBoolean();
        for (int i = 0; i < series; i++) {
            batch.startSeries(labels(random));
            int samples = single ? 1 : random.nextInt(6);
            for (int s = 0; s < samples; s++) {
                long time = start + random.nextInt(8) * 15_000L;
                if (random.nextInt(10) == 0) {
                    batch.addSample(time, histogram(random));
                } else {
                    batch.addSample(time, value(random));
                }
                batch.startedAt(random.nextInt(4) == 0 ? start - random.nextInt(100_000) : 0);
            }
            if (random.nextInt(8) == 0) {
                batch.addExemplar(
                        new Exemplar(Labels.of("trace_id", Long.toHexString(random.nextLong())), value(random), start));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            batch.addMetadata(new MetricMetadata(
                    "metric_" + i, MetricMetadata.Type.ofCode(random.nextInt(8)), "help of " + i, ""));
        }
        return batch;
    }

    private static Labels labels(RandomGenerator random) {
        Labels.Builder labels = new Labels.Builder().set(Labels.NAME, "metric_" + random.nextInt(6));
        if (random.nextBoolean()) {
            labels.set("job", random.nextBoolean() ? "node" : "shop");
        }
        if (random.nextInt(3) == 0) {
            labels.set("päth", "/ü/" + random.nextInt(3));
        }
        return labels.build();
    }

    private static double value(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> StaleMarker.VALUE;
            case 5 -> Double.longBitsToDouble(random.nextLong());
            case 6 -> random.nextGaussian();
            case 7 -> 0.1 + 0.2;
            case 8 -> random.nextInt(100_000) / 100.0;
            case 9 -> random.nextLong();
            case 10 -> 0x1p53 - random.nextInt(3);
            default -> random.nextInt(1000);
        };
    }

    private static NativeHistogram histogram(RandomGenerator random) {
        boolean custom = random.nextInt(4) == 0;
        double[] buckets = new double[random.nextInt(1, 5)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = random.nextBoolean() ? random.nextInt(100) : random.nextDouble();
        }
        return new NativeHistogram(
                custom ? NativeHistogram.CUSTOM_BUCKETS : random.nextInt(-4, 9),
                custom ? 0 : 0x1p-128,
                random.nextInt(10),
                random.nextInt(1000),
                value(random),
                new int[] {random.nextInt(-5, 5), buckets.length},
                buckets,
                new int[0],
                new double[0],
                custom ? new double[] {0.5, 1, 2.5, 10} : new double[0],
                NativeHistogram.ResetHint.ofCode(random.nextInt(4)));
    }
}
