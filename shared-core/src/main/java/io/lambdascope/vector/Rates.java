package io.lambdascope.vector;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.histogram.HistogramRate;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase`, `delta`, `irate`, `idelta`.
public final class Rates {
    private Rates() {}

    /// `rate`, `increase` (a counter) or `delta` (a gauge).
    ///
    /// @param counter drops are resets
    /// @param perSecond divide by the range
    public static RangeFunction extrapolated(boolean counter, boolean perSecond, long rangeMillis) {
        return window -> extrapolatedRate(window, counter, perSecond ? rangeMillis / 1000.0 : 0);
    }

    /*
     * What the samples say, extended to the edges of the range: if the first (last) sample is closer to the
     * edge than 1.1 times the average gap between samples, the series is taken to go on up to the edge; else
     * for half a gap. A counter is never extended to below zero. With start timestamps, a counter that is known
     * to start inside the range counts from zero at its start, and is not extended to the left. (prometheus
     * `promql/functions.go`, extrapolatedRate)
     */
    private static double extrapolatedRate(RangeWindow window, boolean counter, double divideBySeconds) {
        int histograms = window.histogramCount();
        int floats = window.floatCount();
        if (histograms > 0 && floats > 0) {
            window.annotations().mixedFloatsAndHistograms(window.metricName(), window.at());
            return StepSeries.ABSENT;
        }
        boolean ofHistograms = histograms > 0;
        SampleRun run = window.run();
        int first = ofHistograms ? window.histogramFrom : window.floatFrom;
        int last = (ofHistograms ? window.histogramTo : window.floatTo) - 1;
        long[] times = ofHistograms ? run.histogramTimes : run.floatTimes;
        long[] starts = ofHistograms ? run.histogramStarts : run.floatStarts;
        boolean fromZero =
                counter && starts != null && StartTimes.isZeroPoint(starts[first], times[first], window.startMillis);
        if (last == first && !fromZero) {
            return StepSeries.ABSENT;
        }
        if (counter && starts != null) {
            noteOverlaps(window, times, starts, first, last);
        }
        double increase;
        double firstValue;
        @Nullable NativeHistogram increaseHistogram = null;
        if (ofHistograms) {
            increaseHistogram = HistogramRate.increase(
                    run.histograms,
                    resetsByStart(times, starts, first, last),
                    first,
                    last,
                    counter,
                    fromZero,
                    window.metricName(),
                    window.annotations(),
                    window.at());
            if (increaseHistogram == null) {
                return StepSeries.ABSENT;
            }
            increase = increaseHistogram.count();
            firstValue = run.histograms[first].count();
        } else {
            increase = floatIncrease(run, first, last, counter);
            firstValue = run.floats[first];
            if (fromZero) {
                increase += firstValue;
            }
        }
        long spanStart = fromZero && starts != null ? starts[first] : times[first];
        double span = (times[last] - spanStart) / 1000.0;
        double averageGap = last == first ? 0 : (times[last] - times[first]) / 1000.0 / (last - first);
        double threshold = averageGap * 1.1;
        double toEnd = (window.endMillis - times[last]) / 1000.0;
        if (toEnd >= threshold) {
            toEnd = averageGap / 2;
        }
        double toStart = 0;
        if (!fromZero) {
            toStart = (times[first] - window.startMillis) / 1000.0;
            if (toStart >= threshold) {
                toStart = averageGap / 2;
            }
            if (counter && increase > 0 && firstValue >= 0) {
                toStart = Math.min(toStart, span * (firstValue / increase));
            }
        }
        double factor = (span + toStart + toEnd) / span;
        if (divideBySeconds != 0) {
            factor /= divideBySeconds;
        }
        if (increaseHistogram != null) {
            window.histogramResult = HistogramRate.scale(increaseHistogram, factor);
            return StepSeries.ABSENT;
        }
        return increase * factor;
    }

    private static double floatIncrease(SampleRun run, int first, int last, boolean counter) {
        double[] values = run.floats;
        double increase = values[last] - values[first];
        if (!counter) {
            return increase;
        }
        long[] starts = run.floatStarts;
        double previous = values[first];
        if (starts == null && !run.falls(first, last)) {
            return increase;
        }
        if (starts == null) {
            for (int i = first + 1; i <= last; i++) {
                double value = values[i];
                if (value < previous) {
                    increase += previous;
                }
                previous = value;
            }
            return increase;
        }
        for (int i = first + 1; i <= last; i++) {
            if (values[i] < values[i - 1]
                    || StartTimes.isReset(starts[i - 1], run.floatTimes[i - 1], starts[i], run.floatTimes[i])) {
                increase += values[i - 1];
            }
        }
        return increase;
    }

    private static void noteOverlaps(RangeWindow window, long[] times, long[] starts, int first, int last) {
        for (int i = first + 1; i <= last; i++) {
            if (StartTimes.overlaps(starts[i - 1], times[i - 1], starts[i])) {
                window.annotations().overlappingStartTime(window.metricName(), window.at());
                return;
            }
        }
    }

    /// Per sample from `first` on whether its start timestamp says that there was a reset before it.
    private static boolean @Nullable [] resetsByStart(long[] times, long @Nullable [] starts, int first, int last) {
        if (starts == null) {
            return null;
        }
        boolean[] resets = new boolean[last - first + 1];
        for (int i = first + 1; i <= last; i++) {
            resets[i - first] = StartTimes.isReset(starts[i - 1], times[i - 1], starts[i], times[i]);
        }
        return resets;
    }

    /// `irate` (a counter, per second) or `idelta` (a gauge): the last two samples alone.
    public static RangeFunction lastTwo(boolean counter) {
        return window -> lastTwo(window, counter);
    }

    private static double lastTwo(RangeWindow window, boolean counter) {
        if (window.floatCount() + window.histogramCount() < 2) {
            return StepSeries.ABSENT;
        }
        SampleRun run = window.run();
        int f = window.floatTo - 1;
        int h = window.histogramTo - 1;
        boolean lastIsFloat = isFloatLater(window, f, h);
        int lastIndex = lastIsFloat ? f-- : h--;
        boolean previousIsFloat = isFloatLater(window, f, h);
        int previousIndex = previousIsFloat ? f : h;
        if (lastIsFloat != previousIsFloat) {
            window.annotations().mixedFloatsAndHistograms(window.metricName(), window.at());
            return StepSeries.ABSENT;
        }
        long[] times = lastIsFloat ? run.floatTimes : run.histogramTimes;
        long[] starts = lastIsFloat ? run.floatStarts : run.histogramStarts;
        long gapMillis = times[lastIndex] - times[previousIndex];
        if (gapMillis == 0) {
            return StepSeries.ABSENT;
        }
        boolean startReset = counter
                && starts != null
                && StartTimes.isReset(starts[previousIndex], times[previousIndex], starts[lastIndex], times[lastIndex]);
        if (!lastIsFloat) {
            window.histogramResult = HistogramRate.lastTwo(
                    run.histograms[previousIndex],
                    run.histograms[lastIndex],
                    counter,
                    startReset,
                    gapMillis / 1000.0,
                    window.metricName(),
                    window.annotations(),
                    window.at());
            return StepSeries.ABSENT;
        }
        double last = run.floats[lastIndex];
        double previous = run.floats[previousIndex];
        double change = counter && (last < previous || startReset) ? last : last - previous;
        return counter ? change / (gapMillis / 1000.0) : change;
    }

    /// Whether float `f` is later than histogram `h`; either may be before the window.
    private static boolean isFloatLater(RangeWindow window, int f, int h) {
        if (f < window.floatFrom) {
            return false;
        }
        return h < window.histogramFrom || window.run().floatTimes[f] > window.run().histogramTimes[h];
    }
}
