package io.lambdascope.vector;

import io.lambdascope.vector.histogram.HistogramSums;
import java.util.Arrays;

/// The functions `…_over_time` that need no regression, and `changes` and `resets`.
public final class OverTime {
    private OverTime() {}

    public static double sum(RangeWindow window) {
        if (isMixed(window)) {
            return StepSeries.ABSENT;
        }
        if (window.histogramCount() > 0) {
            window.histogramResult = HistogramSums.overTime(
                    window.run().histograms,
                    window.histogramFrom,
                    window.histogramTo,
                    false,
                    window.metricName(),
                    window.annotations(),
                    window.at());
            return StepSeries.ABSENT;
        }
        double[] values = window.run().floats;
        double sum = 0;
        double compensation = 0;
        for (int i = window.floatFrom; i < window.floatTo; i++) {
            double value = values[i];
            double next = sum + value;
            compensation = CompensatedSum.compensationAfter(sum, compensation, value, next);
            sum = next;
        }
        return Double.isInfinite(sum) ? sum : sum + compensation;
    }

    public static double avg(RangeWindow window) {
        if (isMixed(window)) {
            return StepSeries.ABSENT;
        }
        if (window.histogramCount() > 0) {
            window.histogramResult = HistogramSums.overTime(
                    window.run().histograms,
                    window.histogramFrom,
                    window.histogramTo,
                    true,
                    window.metricName(),
                    window.annotations(),
                    window.at());
            return StepSeries.ABSENT;
        }
        double[] values = window.run().floats;
        MeanSum mean = new MeanSum();
        for (int i = window.floatFrom; i < window.floatTo; i++) {
            mean.add(values[i]);
        }
        return mean.mean();
    }

    private static boolean isMixed(RangeWindow window) {
        if (window.floatCount() > 0 && window.histogramCount() > 0) {
            window.annotations().mixedFloatsAndHistograms(window.metricName(), window.at());
            return true;
        }
        return false;
    }

    public static double count(RangeWindow window) {
        return window.floatCount() + window.histogramCount();
    }

    public static double present(RangeWindow window) {
        return 1;
    }

    public static double min(RangeWindow window) {
        if (window.floatCount() == 0) {
            return StepSeries.ABSENT;
        }
        window.noteIgnoredHistograms();
        double[] values = window.run().floats;
        double min = values[window.floatFrom];
        for (int i = window.floatFrom + 1; i < window.floatTo; i++) {
            double value = values[i];
            if (value < min || Double.isNaN(min)) {
                min = value;
            }
        }
        return min;
    }

    public static double max(RangeWindow window) {
        if (window.floatCount() == 0) {
            return StepSeries.ABSENT;
        }
        window.noteIgnoredHistograms();
        double[] values = window.run().floats;
        double max = values[window.floatFrom];
        for (int i = window.floatFrom + 1; i < window.floatTo; i++) {
            double value = values[i];
            if (value > max || Double.isNaN(max)) {
                max = value;
            }
        }
        return max;
    }

    /// When the largest (smallest) float was seen last, seconds.
    public static RangeFunction timeOfExtreme(boolean max) {
        return window -> {
            if (window.floatCount() == 0) {
                return StepSeries.ABSENT;
            }
            window.noteIgnoredHistograms();
            double[] values = window.run().floats;
            double extreme = values[window.floatFrom];
            int at = window.floatFrom;
            for (int i = window.floatFrom; i < window.floatTo; i++) {
                double value = values[i];
                if ((max ? value >= extreme : value <= extreme) || Double.isNaN(extreme)) {
                    extreme = value;
                    at = i;
                }
            }
            return window.run().floatTimes[at] / 1000.0;
        };
    }

    public static double last(RangeWindow window) {
        SampleRun run = window.run();
        boolean histogram = window.histogramCount() > 0
                && (window.floatCount() == 0
                        || run.histogramTimes[window.histogramTo - 1] >= run.floatTimes[window.floatTo - 1]);
        if (histogram) {
            window.histogramResult = run.histograms[window.histogramTo - 1];
            return StepSeries.ABSENT;
        }
        return run.floats[window.floatTo - 1];
    }

    public static double first(RangeWindow window) {
        SampleRun run = window.run();
        boolean histogram = window.histogramCount() > 0
                && (window.floatCount() == 0
                        || run.histogramTimes[window.histogramFrom] <= run.floatTimes[window.floatFrom]);
        if (histogram) {
            window.histogramResult = run.histograms[window.histogramFrom];
            return StepSeries.ABSENT;
        }
        return run.floats[window.floatFrom];
    }

    /// When the last sample was seen, seconds.
    public static double timeOfLast(RangeWindow window) {
        long at = Long.MIN_VALUE;
        if (window.floatCount() > 0) {
            at = window.run().floatTimes[window.floatTo - 1];
        }
        if (window.histogramCount() > 0) {
            at = Math.max(at, window.run().histogramTimes[window.histogramTo - 1]);
        }
        return at / 1000.0;
    }

    /// When the first sample was seen, seconds.
    public static double timeOfFirst(RangeWindow window) {
        long at = Long.MAX_VALUE;
        if (window.floatCount() > 0) {
            at = window.run().floatTimes[window.floatFrom];
        }
        if (window.histogramCount() > 0) {
            at = Math.min(at, window.run().histogramTimes[window.histogramFrom]);
        }
        return at / 1000.0;
    }

    public static double stdvar(RangeWindow window) {
        if (window.floatCount() == 0) {
            return StepSeries.ABSENT;
        }
        window.noteIgnoredHistograms();
        double[] values = window.run().floats;
        double count = 0;
        CompensatedSum mean = new CompensatedSum();
        CompensatedSum squares = new CompensatedSum();
        for (int i = window.floatFrom; i < window.floatTo; i++) {
            count++;
            double delta = values[i] - mean.total();
            mean.add(delta / count);
            squares.add(delta * (values[i] - mean.total()));
        }
        return squares.total() / count;
    }

    public static double stddev(RangeWindow window) {
        double variance = stdvar(window);
        return StepSeries.isAbsent(variance) ? variance : Math.sqrt(variance);
    }

    /// The quantile that [RangeWindow#parameters] asks for.
    public static double quantile(RangeWindow window) {
        if (window.floatCount() == 0) {
            return StepSeries.ABSENT;
        }
        double q = window.parameter;
        if (!(q >= 0 && q <= 1)) {
            window.annotations().invalidQuantile(q, window.at());
        }
        window.noteIgnoredHistograms();
        return Quantiles.ofUnsorted(q, copy(window));
    }

    /// The median distance from the median; NaN if there is a NaN.
    public static double medianAbsoluteDeviation(RangeWindow window) {
        if (window.floatCount() == 0) {
            return StepSeries.ABSENT;
        }
        window.noteIgnoredHistograms();
        double[] values = copy(window);
        for (double value : values) {
            if (Double.isNaN(value)) {
                return Double.NaN;
            }
        }
        double median = Quantiles.ofUnsorted(0.5, values);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i] - median);
        }
        return Quantiles.ofUnsorted(0.5, values);
    }

    private static double[] copy(RangeWindow window) {
        return Arrays.copyOfRange(window.run().floats, window.floatFrom, window.floatTo);
    }

    /// How often the value changed between neighbours; NaN to NaN is no change, float to histogram is one.
    public static double changes(RangeWindow window) {
        return Neighbours.count(window, Neighbours.CHANGES);
    }

    /// How often the counter was reset.
    public static double resets(RangeWindow window) {
        return Neighbours.count(window, Neighbours.RESETS);
    }
}
