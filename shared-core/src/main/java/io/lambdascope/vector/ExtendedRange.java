package io.lambdascope.vector;

/// `rate`, `increase`, `delta`, `changes` and `resets` over `anchored` and `smoothed` ranges: the window also holds
/// samples before (and for `smoothed` behind) the range, and the edges are taken from them, without extrapolation.
public final class ExtendedRange {
    private ExtendedRange() {}

    /// @param smoothed interpolate at the edges; else take the last sample before the range as its left edge
    public static RangeFunction rate(boolean counter, boolean perSecond, boolean smoothed, long rangeMillis) {
        double divideBy = perSecond ? rangeMillis / 1000.0 : 1;
        return window -> {
            if (window.histogramCount() > 0 && window.floatCount() > 0) {
                window.annotations().mixedFloatsAndHistograms(window.metricName(), window.at());
                return StepSeries.ABSENT;
            }
            if (window.histogramCount() > 0) {
                window.histogramResult = ExtendedHistogramRate.of(window, counter, smoothed, divideBy);
                return StepSeries.ABSENT;
            }
            double increase = increase(window, counter, smoothed);
            return StepSeries.isAbsent(increase) ? increase : increase / divideBy;
        };
    }

    private static double increase(RangeWindow window, boolean counter, boolean smoothed) {
        SampleRun run = window.run();
        long[] times = run.floatTimes;
        double[] values = run.floats;
        int first = firstIndex(window);
        if (first < 0) {
            return StepSeries.ABSENT;
        }
        int last = window.floatTo - 1;
        if (smoothed) {
            last = first;
            while (last < window.floatTo - 1 && times[last] < window.endMillis) {
                last++;
            }
            if (times[last] <= window.startMillis || times[first] > window.endMillis) {
                return StepSeries.ABSENT;
            }
        }
        double left = values[first];
        if (smoothed && times[first] < window.startMillis && first < last) {
            left = interpolate(run, first, window.startMillis, counter);
        }
        double right = values[last];
        if (smoothed && times[last] > window.endMillis && last > first) {
            right = interpolate(run, last - 1, window.endMillis, counter);
        }
        double increase = right - left;
        if (!counter) {
            return increase;
        }
        double previous = left;
        for (int i = first; i <= last; i++) {
            if (times[i] > window.startMillis && times[i] < window.endMillis) {
                increase += values[i] < previous ? previous : 0;
                previous = values[i];
            }
        }
        return increase + (right < previous ? previous : 0);
    }

    /// The last sample at or before the range, else the first inside; -1 if nothing is later than its start.
    private static int firstIndex(RangeWindow window) {
        long[] times = window.run().floatTimes;
        if (window.floatCount() == 0 || times[window.floatTo - 1] <= window.startMillis) {
            return -1;
        }
        int first = window.floatFrom;
        while (first + 1 < window.floatTo && times[first + 1] <= window.startMillis) {
            first++;
        }
        return first;
    }

    /// The value at `atMillis` on the line from sample `index` to the next; a counter that fell in between is taken
    /// to have risen from zero.
    private static double interpolate(SampleRun run, int index, long atMillis, boolean counter) {
        double from = run.floats[index];
        double to = run.floats[index + 1];
        if (counter && to < from) {
            from = 0;
        }
        long start = run.floatTimes[index];
        return from + (to - from) * (atMillis - start) / (run.floatTimes[index + 1] - start);
    }

    /// `changes` or `resets`, counted from the sample at or before the range on.
    public static RangeFunction pairs(boolean resets) {
        return window -> {
            SampleRun run = window.run();
            int floats = atOrBefore(run.floatTimes, window.floatFrom, window.floatTo, window.startMillis);
            int histograms =
                    atOrBefore(run.histogramTimes, window.histogramFrom, window.histogramTo, window.startMillis);
            if (floats == window.floatTo - 1 && histograms == window.histogramTo - 1) {
                return StepSeries.ABSENT;
            }
            boolean float1st = floats >= window.floatFrom
                    && (histograms < window.histogramFrom || run.floatTimes[floats] > run.histogramTimes[histograms]);
            boolean histogram1st = !float1st && histograms >= window.histogramFrom;
            return Neighbours.count(
                    window,
                    float1st ? floats : floats + 1,
                    histogram1st ? histograms : histograms + 1,
                    resets ? Neighbours.RESETS : Neighbours.CHANGES);
        };
    }

    /// The last index in `[from, to)` whose time is not after `millis`, `from - 1` if there is none.
    static int atOrBefore(long[] times, int from, int to, long millis) {
        int index = from - 1;
        while (index + 1 < to && times[index + 1] <= millis) {
            index++;
        }
        return index;
    }

    /// The value of a smoothed instant selector at `atMillis`: on the line between the samples around it, or
    /// the one before if there is none of its kind behind. [StepSeries#ABSENT] if there is none before, or if
    /// it is a histogram, which is left in the window.
    public static double smoothedAt(RangeWindow window, long atMillis) {
        SampleRun run = window.run();
        int before = atOrBefore(run.floatTimes, window.floatFrom, window.floatTo, atMillis);
        int histogram = atOrBefore(run.histogramTimes, window.histogramFrom, window.histogramTo, atMillis);
        boolean isFloat = before >= window.floatFrom
                && (histogram < window.histogramFrom || run.floatTimes[before] > run.histogramTimes[histogram]);
        if (!isFloat) {
            if (histogram >= window.histogramFrom) {
                window.histogramResult = ExtendedHistogramRate.at(window, histogram, atMillis);
            }
            return StepSeries.ABSENT;
        }
        if (run.floatTimes[before] == atMillis || before + 1 >= window.floatTo) {
            return run.floats[before];
        }
        return interpolate(run, before, atMillis, false);
    }
}
