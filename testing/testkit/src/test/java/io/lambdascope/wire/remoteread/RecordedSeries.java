package io.lambdascope.wire.remoteread;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The series that a real Prometheus was asked for (see [PrometheusRecorder]). Histograms have float populations, which
/// no sender turns into integers, and the hints that Prometheus gives back. There is no gauge histogram: Prometheus
/// 2.42 cannot answer with one.
final class RecordedSeries {
    /// A multiple of two hours: what Prometheus cuts its chunks by, besides their number of samples.
    static final long START = 1_699_999_200_000L;

    static final long END = START + 3_600_000;

    private static final int STEP_MILLIS = 15_000;

    private RecordedSeries() {}

    /// In the order of their labels.
    static Map<Labels, SeriesSamples> all() {
        Map<Labels, SeriesSamples> all = new LinkedHashMap<>();
        all.put(Labels.of("__name__", "recorded_float", "kind", "constant"), floats(130, _ -> 42));
        all.put(Labels.of("__name__", "recorded_float", "kind", "counter"), floats(240, i -> 17L * i * i));
        all.put(
                Labels.of("__name__", "recorded_float", "kind", "gauge", "ütf", "größe"),
                floats(100, i -> i * 0.1 - 3));
        all.put(Labels.of("__name__", "recorded_float", "kind", "odd"), floats(60, RecordedSeries::odd));
        all.put(Labels.of("__name__", "recorded_float", "kind", "single"), floats(1, _ -> -0.5));
        all.put(Labels.of("__name__", "recorded_float", "kind", "uneven"), unevenTimes());
        all.put(
                Labels.of("__name__", "recorded_histogram", "kind", "counter"),
                histograms(50, i -> counter(i, i == 0)));
        all.put(
                Labels.of("__name__", "recorded_histogram", "kind", "growing"),
                histograms(30, i -> growing(i < 12 ? 2 : 5, i)));
        all.put(
                Labels.of("__name__", "recorded_histogram", "kind", "reset"),
                histograms(40, i -> counter(i % 25, i % 25 == 0)));
        return all;
    }

    static MetricsBatch batch() {
        MetricsBatch batch = new MetricsBatch();
        all().forEach((labels, samples) -> {
            batch.startSeries(labels);
            batch.addSamples(samples);
        });
        return batch;
    }

    private static SeriesSamples floats(int count, IntFunction<Number> value) {
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < count; i++) {
            samples.add(START + (long) i * STEP_MILLIS, value.apply(i).doubleValue());
        }
        return samples;
    }

    private static double odd(int i) {
        return switch (i % 12) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> Double.MIN_VALUE;
            case 4 -> Double.MAX_VALUE;
            case 5 -> -1e-9;
            case 6 -> 0x1p53;
            case 7 -> StaleMarker.VALUE;
            case 8 -> 0.1 + 0.2;
            case 9 -> -1;
            case 10 -> 1;
            default -> i;
        };
    }

    /// Distances that differ by what fits each of the sizes that a chunk knows, and by what is at their edges.
    private static SeriesSamples unevenTimes() {
        long[] distances = {
            1, 1, 8193, 2, 8192, 1, 65_537, 2, 65_536, 1, 524_289, 10, 524_288, 1, 900_000, 3, 15_000, 15_000, 15_001
        };
        SeriesSamples samples = new SeriesSamples();
        long time = START + 7;
        samples.add(time, 0);
        for (long distance : distances) {
            time += distance;
            samples.add(time, distance / 4.0);
        }
        return samples;
    }

    private static SeriesSamples histograms(int count, IntFunction<NativeHistogram> histogram) {
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < count; i++) {
            samples.add(START + (long) i * STEP_MILLIS, histogram.apply(i));
        }
        return samples;
    }

    /// @param total how often it has counted
    private static NativeHistogram counter(int total, boolean startsChunk) {
        double[] up = {0.5 + total, 2 * total, 0.25};
        double[] down = {total / 8.0};
        return new NativeHistogram(
                3,
                0x1p-128,
                total,
                0.75 + total + 2 * total + total / 8.0 + total,
                total * 12.5,
                new int[] {-2, 1, 3, 2},
                up,
                new int[] {1, 1},
                down,
                new double[0],
                startsChunk ? ResetHint.UNKNOWN : ResetHint.NOT_RESET);
    }

    private static NativeHistogram growing(int buckets, int place) {
        double[] up = new double[buckets];
        double count = 0;
        for (int i = 0; i < buckets; i++) {
            up[i] = 0.5 + place;
            count += up[i];
        }
        return new NativeHistogram(
                0,
                0,
                0,
                count,
                3,
                new int[] {4, buckets},
                up,
                new int[0],
                new double[0],
                new double[0],
                place == 0 ? ResetHint.UNKNOWN : ResetHint.NOT_RESET);
    }
}
