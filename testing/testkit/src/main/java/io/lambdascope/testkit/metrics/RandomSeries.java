package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Series as agents send them, from a seed: counters with resets, gauges, classic and native histograms, with jitter,
/// gaps, stale markers and the odd NaN. Names and labels are few, so that queries meet many series at once.
public final class RandomSeries {
    private static final int INTERVAL_MILLIS = 15_000;

    private final RandomGenerator random;
    private final long fromMillis;
    private final long untilMillis;
    private final SortedMap<Labels, SeriesSamples> series = new TreeMap<>();

    private RandomSeries(RandomGenerator random, long fromMillis, long untilMillis) {
        this.random = random;
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
    }

    /// @param fromMillis no sample is earlier
    /// @param untilMillis none is this late
    public static SortedMap<Labels, SeriesSamples> of(RandomGenerator random, long fromMillis, long untilMillis) {
        RandomSeries made = new RandomSeries(random, fromMillis, untilMillis);
        int hosts = 2 + random.nextInt(4);
        for (int host = 0; host < hosts; host++) {
            made.addHost("h" + host);
        }
        return made.series;
    }

    private void addHost(String host) {
        for (String code : new String[] {"200", "404", "500"}) {
            counter(Labels.of(Labels.NAME, "requests_total", "host", host, "code", code));
        }
        gauge(Labels.of(Labels.NAME, "temperature", "host", host));
        gauge(Labels.of(Labels.NAME, "up", "host", host, "job", random.nextBoolean() ? "api" : "web"));
        classic(host);
        if (random.nextBoolean()) {
            nativeHistogram(Labels.of(Labels.NAME, "latency", "host", host));
        }
    }

    /// Takes the moments of a series one by one; skips some, and marks the series as ended before a long gap.
    private interface Sampler {
        void sample(SeriesSamples into, long timestampMillis);
    }

    private void fill(Labels labels, Sampler sampler) {
        SeriesSamples samples = new SeriesSamples();
        long phase = random.nextInt(INTERVAL_MILLIS);
        int jitter = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
        for (long at = fromMillis + phase; at + jitter < untilMillis; at += INTERVAL_MILLIS) {
            int roll = random.nextInt(200);
            if (roll == 0) {
                samples.add(at, StaleMarker.VALUE);
                at += (1L + random.nextInt(60)) * INTERVAL_MILLIS;
            } else if (roll > 5) {
                sampler.sample(samples, at + (jitter == 0 ? 0 : random.nextInt(jitter)));
            }
        }
        if (!samples.isEmpty()) {
            series.put(labels, samples);
        }
    }

    private void counter(Labels labels) {
        double[] total = {random.nextInt(1000)};
        fill(labels, (into, at) -> {
            total[0] = random.nextInt(100) == 0 ? 0 : total[0] + random.nextInt(50);
            into.add(at, total[0]);
        });
    }

    private void gauge(Labels labels) {
        double[] value = {random.nextGaussian() * 20};
        fill(labels, (into, at) -> {
            value[0] += random.nextGaussian();
            into.add(at, random.nextInt(300) == 0 ? Double.NaN : Math.rint(value[0] * 100) / 100);
        });
    }

    private void classic(String host) {
        String[] bounds = {"0.1", "1", "10", "+Inf"};
        SeriesSamples[] buckets = new SeriesSamples[bounds.length];
        double[] counts = new double[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            buckets[i] = new SeriesSamples();
        }
        for (long at = fromMillis + random.nextInt(INTERVAL_MILLIS); at < untilMillis; at += INTERVAL_MILLIS) {
            double more = 0;
            for (int i = 0; i < bounds.length; i++) {
                more += random.nextInt(10);
                counts[i] += more;
                buckets[i].add(at, counts[i]);
            }
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!buckets[i].isEmpty()) {
                series.put(
                        Labels.of(Labels.NAME, "duration_seconds_bucket", "host", host, "le", bounds[i]), buckets[i]);
            }
        }
    }

    private void nativeHistogram(Labels labels) {
        double[] buckets = new double[4 + random.nextInt(4)];
        double[] sum = {0};
        fill(labels, (into, at) -> {
            double count = 0;
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] += random.nextInt(5);
                count += buckets[i];
            }
            sum[0] += random.nextInt(100);
            into.add(
                    at,
                    new NativeHistogram(
                            1,
                            0.001,
                            2,
                            count + 2,
                            sum[0],
                            new int[] {-1, buckets.length},
                            buckets.clone(),
                            new int[0],
                            new double[0],
                            new double[0],
                            ResetHint.UNKNOWN));
        });
    }
}
