package io.lambdascope.vector;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.time.StepGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series as range functions read them: floats and histograms apart, stale markers left out.
public final class SampleRun {
    private static final NativeHistogram[] NO_HISTOGRAMS = new NativeHistogram[0];
    private static final long[] NO_TIMES = new long[0];
    private static final int[] NEVER = new int[0];

    final int floatCount;
    final long[] floatTimes;
    final double[] floats;
    final long @Nullable [] floatStarts;

    final int histogramCount;
    final long[] histogramTimes;
    final NativeHistogram[] histograms;
    final long @Nullable [] histogramStarts;

    /// How often floats fell up to each index; empty if they never do; null until somebody asks.
    private int @Nullable [] falls;

    private SampleRun(
            int floatCount,
            long[] floatTimes,
            double[] floats,
            long @Nullable [] floatStarts,
            int histogramCount,
            long[] histogramTimes,
            NativeHistogram[] histograms,
            long @Nullable [] histogramStarts) {
        this.floatCount = floatCount;
        this.floatTimes = floatTimes;
        this.floats = floats;
        this.floatStarts = floatStarts;
        this.histogramCount = histogramCount;
        this.histogramTimes = histogramTimes;
        this.histograms = histograms;
        this.histogramStarts = histogramStarts;
    }

    /// Shares the arrays of `samples` where it can, and so lives no longer than they keep their contents.
    ///
    /// @param startTimes whether start timestamps count
    public static SampleRun of(SeriesSamples samples, boolean startTimes) {
        int size = samples.size();
        boolean starts = startTimes && samples.hasStartTimestamps();
        if (!samples.hasHistograms() && !starts && !hasStale(samples.values(), size)) {
            return new SampleRun(size, samples.timestamps(), samples.values(), null, 0, NO_TIMES, NO_HISTOGRAMS, null);
        }
        int histogramCount = 0;
        int floatCount = 0;
        for (int i = 0; i < size; i++) {
            if (!StaleMarker.isStale(samples.value(i))) {
                if (samples.histogram(i) == null) {
                    floatCount++;
                } else {
                    histogramCount++;
                }
            }
        }
        long[] floatTimes = new long[floatCount];
        double[] floats = new double[floatCount];
        long[] floatStarts = starts ? new long[floatCount] : null;
        long[] histogramTimes = new long[histogramCount];
        NativeHistogram[] histograms = new NativeHistogram[histogramCount];
        long[] histogramStarts = starts ? new long[histogramCount] : null;
        int f = 0;
        int h = 0;
        for (int i = 0; i < size; i++) {
            if (StaleMarker.isStale(samples.value(i))) {
                continue;
            }
            NativeHistogram histogram = samples.histogram(i);
            if (histogram == null) {
                floatTimes[f] = samples.timestamp(i);
                if (floatStarts != null) {
                    floatStarts[f] = samples.startMillis(i);
                }
                floats[f++] = samples.value(i);
            } else {
                histogramTimes[h] = samples.timestamp(i);
                if (histogramStarts != null) {
                    histogramStarts[h] = samples.startMillis(i);
                }
                histograms[h++] = histogram;
            }
        }
        return new SampleRun(f, floatTimes, floats, floatStarts, h, histogramTimes, histograms, histogramStarts);
    }

    /// The points of a series that was evaluated over `grid`, as the range of a subquery. What a histogram says of
    /// counter resets is unknown then, since the points are not the samples it was said of.
    public static SampleRun of(StepSeries series, StepGrid grid) {
        int steps = series.steps();
        long[] floatTimes = new long[steps];
        double[] floats = new double[steps];
        int f = 0;
        int h = 0;
        NativeHistogram[] histograms = series.histograms() == null ? NO_HISTOGRAMS : new NativeHistogram[steps];
        long[] histogramTimes = new long[histograms.length];
        for (int step = 0; step < steps; step++) {
            NativeHistogram histogram = series.histogram(step);
            if (histogram != null) {
                histogramTimes[h] = grid.atMillis(step);
                histograms[h++] = forget(histogram);
            } else if (series.hasFloat(step)) {
                floatTimes[f] = grid.atMillis(step);
                floats[f++] = series.values()[step];
            }
        }
        return new SampleRun(f, floatTimes, floats, null, h, histogramTimes, histograms, null);
    }

    private static NativeHistogram forget(NativeHistogram histogram) {
        return switch (histogram.resetHint()) {
            case UNKNOWN, GAUGE -> histogram;
            case RESET, NOT_RESET ->
                new NativeHistogram(
                        histogram.schema(),
                        histogram.zeroThreshold(),
                        histogram.zeroCount(),
                        histogram.count(),
                        histogram.sum(),
                        histogram.positiveSpans(),
                        histogram.positiveBuckets(),
                        histogram.negativeSpans(),
                        histogram.negativeBuckets(),
                        histogram.customValues(),
                        NativeHistogram.ResetHint.UNKNOWN);
        };
    }

    private static boolean hasStale(double[] values, int size) {
        for (int i = 0; i < size; i++) {
            if (StaleMarker.isStale(values[i])) {
                return true;
            }
        }
        return false;
    }

    /// Whether a float behind `first`, up to `last`, is smaller than the one before it.
    boolean falls(int first, int last) {
        int[] counts = falls;
        if (counts == null) {
            counts = countFalls();
            falls = counts;
        }
        return counts.length > 0 && counts[first] != counts[last];
    }

    private int[] countFalls() {
        int first = 1;
        while (first < floatCount && !(floats[first] < floats[first - 1])) {
            first++;
        }
        if (first >= floatCount) {
            return NEVER;
        }
        int[] counts = new int[floatCount];
        int count = 0;
        for (int i = first; i < floatCount; i++) {
            count += floats[i] < floats[i - 1] ? 1 : 0;
            counts[i] = count;
        }
        return counts;
    }

    public boolean isEmpty() {
        return floatCount == 0 && histogramCount == 0;
    }

    /// A copy that does not change when the source's arrays do.
    public SampleRun detached() {
        return new SampleRun(
                floatCount,
                Arrays.copyOf(floatTimes, floatCount),
                Arrays.copyOf(floats, floatCount),
                floatStarts,
                histogramCount,
                histogramTimes,
                histograms,
                histogramStarts);
    }
}
