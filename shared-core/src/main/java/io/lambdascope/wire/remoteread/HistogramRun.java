package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.Arrays;
import java.util.Objects;

/// Consecutive histograms that one chunk can hold. A reader takes every histogram of a chunk behind the first for one
/// that follows without a counter reset, so a run ends where there was one; where the resolution changes; and behind a
/// stale marker (prometheus `tsdb/chunkenc/float_histogram.go`, `appendable`).
///
/// @param from number of the first
/// @param to number behind the last
/// @param positive all buckets that any of them has
/// @param negative likewise
record HistogramRun(int from, int to, BucketLayout positive, BucketLayout negative) {
    /// Buckets that a chunk may get beyond those of its first histogram: each costs every sample.
    private static final int MOST_BUCKETS = 4096;

    /// The longest run that begins with sample `from`, a histogram.
    static HistogramRun of(SeriesSamples samples, int from) {
        NativeHistogram first = at(samples, from);
        BucketLayout positive = BucketLayout.of(first.isStale() ? new int[0] : first.positiveSpans());
        BucketLayout negative = BucketLayout.of(first.isStale() ? new int[0] : first.negativeSpans());
        int most = Math.min(samples.size(), from + Chunker.MOST_SAMPLES);
        int to = from + 1;
        while (to < most && samples.histogram(to) != null && follows(at(samples, to - 1), at(samples, to))) {
            NativeHistogram next = at(samples, to);
            if (!next.isStale()) {
                BucketLayout widerPositive = positive.with(next.positiveSpans());
                BucketLayout widerNegative = negative.with(next.negativeSpans());
                boolean grew = widerPositive != positive || widerNegative != negative;
                if (grew && widerPositive.size() + widerNegative.size() > MOST_BUCKETS) {
                    break;
                }
                positive = widerPositive;
                negative = widerNegative;
            }
            to++;
        }
        return new HistogramRun(from, to, positive, negative);
    }

    private static NativeHistogram at(SeriesSamples samples, int index) {
        return Objects.requireNonNull(samples.histogram(index));
    }

    private static boolean follows(NativeHistogram last, NativeHistogram next) {
        return next.isStale()
                || isSameKind(last, next) && (next.resetHint() == ResetHint.GAUGE || !isReset(last, next));
    }

    private static boolean isSameKind(NativeHistogram last, NativeHistogram next) {
        return !last.isStale()
                && (next.resetHint() == ResetHint.GAUGE) == (last.resetHint() == ResetHint.GAUGE)
                && next.schema() == last.schema()
                && next.zeroThreshold() == last.zeroThreshold()
                && Arrays.equals(next.customValues(), last.customValues());
    }

    private static boolean isReset(NativeHistogram last, NativeHistogram next) {
        return next.resetHint() == ResetHint.RESET
                || next.count() < last.count()
                || next.zeroCount() < last.zeroCount()
                || isReset(last.positiveSpans(), last.positiveBuckets(), next.positiveSpans(), next.positiveBuckets())
                || isReset(last.negativeSpans(), last.negativeBuckets(), next.negativeSpans(), next.negativeBuckets());
    }

    private static boolean isReset(int[] lastSpans, double[] last, int[] nextSpans, double[] next) {
        BucketLayout both = BucketLayout.of(lastSpans).with(nextSpans);
        double[] before = both.spread(lastSpans, last);
        double[] after = both.spread(nextSpans, next);
        for (int i = 0; i < before.length; i++) {
            if (after[i] < before[i]) {
                return true;
            }
        }
        return false;
    }
}
