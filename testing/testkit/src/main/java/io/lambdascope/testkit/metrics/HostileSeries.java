package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/// The series of [RandomSeries] and some more, damaged from a seed: odd numbers, gaps, resets, stale markers, start
/// timestamps, moments on the edges of ranges; histograms of several layouts in one series, floats among histograms.
public final class HostileSeries {
    private static final int INTERVAL_MILLIS = 15_000;

    private final RandomGenerator random;
    private final long fromMillis;
    private final long untilMillis;

    private HostileSeries(RandomGenerator random, long fromMillis, long untilMillis) {
        this.random = random;
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
    }

    /// @param fromMillis no sample is earlier
    /// @param untilMillis none is this late
    public static SortedMap<Labels, SeriesSamples> of(RandomGenerator random, long fromMillis, long untilMillis) {
        SortedMap<Labels, SeriesSamples> series = RandomSeries.of(random, fromMillis, untilMillis);
        HostileSeries hostile = new HostileSeries(random, fromMillis, untilMillis);
        hostile.add(series);
        series.replaceAll((labels, samples) -> hostile.damaged(samples));
        series.values().removeIf(SeriesSamples::isEmpty);
        return series;
    }

    private void add(SortedMap<Labels, SeriesSamples> series) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            String host = "h" + i;
            series.put(Labels.of(Labels.NAME, "latency", "host", host), histograms(false));
            series.put(Labels.of(Labels.NAME, "sizes", "host", host), histograms(true));
            series.put(Labels.of(Labels.NAME, "mixed", "host", host), mixed());
            String instance = "i" + random.nextInt(3);
            String job = random.nextBoolean() ? "api" : "web";
            series.put(Labels.of(Labels.NAME, "load", "instance", instance, "job", job, "host", host), floats());
            series.put(
                    Labels.of(Labels.NAME, "target_info", "instance", instance, "job", job, "version", "v" + i),
                    constant());
            series.put(Labels.of(Labels.NAME, "build_info", "instance", instance, "job", job, "le", "1"), constant());
            series.put(Labels.of(Labels.NAME, "utf8.name", "host", host, "é.x", "\"" + i), floats());
        }
    }

    private long phase() {
        return random.nextBoolean() ? 0 : random.nextInt(INTERVAL_MILLIS);
    }

    private SeriesSamples floats() {
        SeriesSamples samples = new SeriesSamples();
        for (long at = fromMillis + phase(); at < untilMillis; at += INTERVAL_MILLIS) {
            samples.add(at, random.nextInt(-40, 41) / 4.0);
        }
        return samples;
    }

    private SeriesSamples constant() {
        SeriesSamples samples = new SeriesSamples();
        for (long at = fromMillis + phase(); at < untilMillis; at += INTERVAL_MILLIS) {
            samples.add(at, 1);
        }
        return samples;
    }

    private SeriesSamples mixed() {
        SeriesSamples samples = new SeriesSamples();
        boolean histogram = random.nextBoolean();
        for (long at = fromMillis + phase(); at < untilMillis; at += INTERVAL_MILLIS) {
            histogram ^= random.nextInt(8) == 0;
            if (histogram) {
                samples.add(at, layout(random.nextInt(10) == 0));
            } else {
                samples.add(at, random.nextInt(100));
            }
        }
        return samples;
    }

    /// A counter of observations, whose layout changes now and then.
    private SeriesSamples histograms(boolean custom) {
        SeriesSamples samples = new SeriesSamples();
        NativeHistogram last = layout(custom);
        for (long at = fromMillis + phase(); at < untilMillis; at += INTERVAL_MILLIS) {
            last = switch (random.nextInt(40)) {
                case 0 -> layout(custom);
                case 1 -> layout(!custom);
                default -> grown(last);
            };
            samples.add(at, last);
        }
        return samples;
    }

    private NativeHistogram grown(NativeHistogram before) {
        double[] positive = grown(before.positiveBuckets());
        double[] negative = grown(before.negativeBuckets());
        double zero = before.zeroCount() + (before.zeroThreshold() > 0 ? random.nextInt(3) : 0);
        return new NativeHistogram(
                before.schema(),
                before.zeroThreshold(),
                zero,
                zero + sum(positive) + sum(negative),
                before.sum() + random.nextInt(80) / 8.0,
                before.positiveSpans(),
                positive,
                before.negativeSpans(),
                negative,
                before.customValues(),
                random.nextInt(10) == 0 ? ResetHint.ofCode(random.nextInt(4)) : before.resetHint());
    }

    private double[] grown(double[] buckets) {
        double[] grown = buckets.clone();
        for (int i = 0; i < grown.length; i++) {
            grown[i] += random.nextInt(4);
        }
        return grown;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private NativeHistogram layout(boolean custom) {
        double[] bounds = {};
        if (custom) {
            bounds = random.nextBoolean() ? new double[] {0.5, 1, 2.5, 10} : new double[] {-1, 0.5, 2.5};
        }
        double[] positive = grown(new double[custom ? random.nextInt(1, bounds.length + 2) : random.nextInt(6)]);
        double[] negative = grown(new double[custom || random.nextBoolean() ? 0 : random.nextInt(4)]);
        boolean zero = !custom && random.nextInt(3) > 0;
        double zeroCount = zero ? random.nextInt(5) : 0;
        return new NativeHistogram(
                custom ? NativeHistogram.CUSTOM_BUCKETS : random.nextInt(-1, 4),
                zero ? random.nextBoolean() ? 0.001 : 0.25 : 0,
                zeroCount,
                zeroCount + sum(positive) + sum(negative),
                random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1000) / 8.0,
                spans(custom ? 0 : random.nextInt(-4, 4), positive.length),
                positive,
                spans(random.nextInt(-4, 4), negative.length),
                negative,
                bounds,
                random.nextInt(3) == 0 ? ResetHint.GAUGE : ResetHint.UNKNOWN);
    }

    private int[] spans(int first, int length) {
        if (length == 0) {
            return new int[0];
        }
        int left = random.nextInt(1, length + 1);
        return left == length || first == 0
                ? new int[] {first, length}
                : new int[] {first, left, random.nextInt(1, 4), length - left};
    }

    private SeriesSamples damaged(SeriesSamples samples) {
        SeriesSamples damaged = samples;
        for (int i = Math.max(0, random.nextInt(-1, 3)); i > 0; i--) {
            damaged = switch (random.nextInt(5)) {
                case 0 -> withOddities(damaged);
                case 1 -> withGap(damaged);
                case 2 -> withStarts(damaged);
                case 3 -> withReset(damaged);
                default -> onTheEdge(damaged);
            };
        }
        return damaged;
    }

    private SeriesSamples withOddities(SeriesSamples samples) {
        SeriesSamples damaged = new SeriesSamples();
        int every = random.nextInt(3, 60);
        for (int i = 0; i < samples.size(); i++) {
            if (random.nextInt(every) == 0) {
                damaged.add(samples.timestamp(i), oddity());
            } else {
                damaged.addFrom(samples, i);
            }
        }
        return damaged;
    }

    private double oddity() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> StaleMarker.VALUE;
            case 2 -> Double.NaN;
            case 3 -> Double.POSITIVE_INFINITY;
            case 4 -> Double.NEGATIVE_INFINITY;
            case 5 -> -0.0;
            case 6 -> random.nextGaussian();
            default -> random.nextLong();
        };
    }

    private SeriesSamples withGap(SeriesSamples samples) {
        SeriesSamples damaged = new SeriesSamples();
        int from = random.nextInt(samples.size() + 1);
        int to = from + random.nextInt(samples.size() + 1);
        for (int i = 0; i < samples.size(); i++) {
            if (i < from || i >= to) {
                damaged.addFrom(samples, i);
            }
        }
        return damaged;
    }

    private SeriesSamples withStarts(SeriesSamples samples) {
        SeriesSamples damaged = new SeriesSamples();
        long start = fromMillis - random.nextInt(100_000);
        int every = random.nextInt(2, 100);
        for (int i = 0; i < samples.size(); i++) {
            damaged.addFrom(samples, i);
            if (random.nextInt(every) == 0) {
                start = samples.timestamp(i) - random.nextInt(2 * INTERVAL_MILLIS);
            }
            damaged.startedAt(random.nextInt(20) == 0 ? 0 : start);
        }
        return damaged;
    }

    /// A counter that begins anew somewhere.
    private SeriesSamples withReset(SeriesSamples samples) {
        SeriesSamples damaged = new SeriesSamples();
        int at = random.nextInt(samples.size() + 1);
        for (int i = 0; i < samples.size(); i++) {
            if (i < at || samples.histogram(i) != null) {
                damaged.addFrom(samples, i);
            } else {
                damaged.add(samples.timestamp(i), samples.value(i) - samples.value(at));
                damaged.startedAt(samples.startMillis(i));
            }
        }
        return damaged;
    }

    /// All samples at multiples of five seconds, as steps and edges of ranges are.
    private SeriesSamples onTheEdge(SeriesSamples samples) {
        SeriesSamples damaged = new SeriesSamples();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < samples.size(); i++) {
            long at = samples.timestamp(i) / 5000 * 5000;
            if (at > last && at >= fromMillis) {
                NativeHistogram histogram = samples.histogram(i);
                if (histogram == null) {
                    damaged.add(at, samples.value(i));
                } else {
                    damaged.add(at, histogram);
                }
                damaged.startedAt(samples.startMillis(i));
                last = at;
            }
        }
        return damaged;
    }
}
