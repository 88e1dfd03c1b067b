package io.lambdascope.ingest.metrics;

import io.lambdascope.model.metrics.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// The rules that a native histogram keeps (prometheus/docs `specs/native_histograms.md`).
final class HistogramRules {
    private static final int MIN_SCHEMA = -4;
    private static final int MAX_SCHEMA = 8;

    /// A rule and how it was broken.
    record Broken(String id, String text) {}

    private HistogramRules() {}

    static @Nullable Broken check(NativeHistogram histogram, long maxBuckets) {
        if (histogram.isStale()) {
            return null;
        }
        boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
        if (!custom && (histogram.schema() < MIN_SCHEMA || histogram.schema() > MAX_SCHEMA)) {
            return new Broken(
                    "invalid-native-histogram-schema",
                    "received a native histogram with schema %d, valid are -4 to 8 and -53"
                            .formatted(histogram.schema()));
        }
        int buckets = histogram.positiveBuckets().length + histogram.negativeBuckets().length;
        if (maxBuckets > 0 && buckets > maxBuckets) {
            return new Broken(
                    "max-native-histogram-buckets",
                    "received a native histogram with %d buckets, the limit max_native_histogram_buckets is %d"
                            .formatted(buckets, maxBuckets));
        }
        Broken broken = checkSpans(histogram.positiveSpans(), histogram.positiveBuckets().length);
        broken = broken != null ? broken : checkSpans(histogram.negativeSpans(), histogram.negativeBuckets().length);
        broken = broken != null || !custom ? broken : checkCustom(histogram);
        return broken != null ? broken : checkCounts(histogram);
    }

    private static @Nullable Broken checkSpans(int[] spans, int buckets) {
        long described = 0;
        for (int i = 0; i < spans.length; i += 2) {
            if (i > 0 && spans[i] < 0) {
                return new Broken(
                        "native-histogram-span-negative-offset",
                        "received a native histogram with a span that begins before the one before it ends");
            }
            described += spans[i + 1];
        }
        return described == buckets
                ? null
                : new Broken(
                        "native-histogram-spans-buckets-mismatch",
                        "received a native histogram whose spans describe %d buckets and that has %d"
                                .formatted(described, buckets));
    }

    private static @Nullable Broken checkCustom(NativeHistogram histogram) {
        double[] bounds = histogram.customValues();
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || i > 0 && bounds[i] <= bounds[i - 1]) {
                return new Broken(
                        "native-histogram-custom-buckets-invalid",
                        "received a native histogram whose custom bounds do not ascend");
            }
        }
        long last = 0;
        int[] spans = histogram.positiveSpans();
        for (int i = 0; i < spans.length; i += 2) {
            last += (long) spans[i] + spans[i + 1];
        }
        if (last > bounds.length + 1L || histogram.negativeBuckets().length > 0 || histogram.zeroCount() != 0) {
            return new Broken(
                    "native-histogram-custom-buckets-mismatch",
                    "received a native histogram with custom bounds and buckets that have none");
        }
        return null;
    }

    /// Every observation lies in a bucket, but for NaN ones, which only the count knows.
    private static @Nullable Broken checkCounts(NativeHistogram histogram) {
        double inBuckets = histogram.zeroCount();
        boolean negative = histogram.zeroCount() < 0 || histogram.count() < 0;
        for (double population : histogram.positiveBuckets()) {
            negative |= population < 0;
            inBuckets += population;
        }
        for (double population : histogram.negativeBuckets()) {
            negative |= population < 0;
            inBuckets += population;
        }
        if (negative) {
            return new Broken(
                    "native-histogram-negative-bucket-count",
                    "received a native histogram with a negative number of observations");
        }
        double tolerance = 1e-9 * Math.max(1, histogram.count());
        if (histogram.count() < inBuckets - tolerance) {
            return new Broken(
                    "native-histogram-count-not-big-enough",
                    "received a native histogram with %s observations in buckets and a count of %s"
                            .formatted(inBuckets, histogram.count()));
        }
        if (!Double.isNaN(histogram.sum()) && histogram.count() > inBuckets + tolerance) {
            return new Broken(
                    "native-histogram-count-mismatch",
                    "received a native histogram with %s observations in buckets and a count of %s"
                            .formatted(inBuckets, histogram.count()));
        }
        return null;
    }
}
