package io.lambdascope.vector;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.vector.Annotations.HistogramOperation;
import io.lambdascope.vector.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/// What [ExtendedRange] does, for native histograms.
final class ExtendedHistogramRate {
    /// Says that histograms do not fit; the reason has been noted.
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        private Misfit() {
            super("histograms with exponential and custom buckets", null, false, false);
        }
    }

    private final RangeWindow window;
    private final NativeHistogram[] samples;
    private final long[] times;

    private ExtendedHistogramRate(RangeWindow window) {
        this.window = window;
        this.samples = window.run().histograms;
        this.times = window.run().histogramTimes;
    }

    /// The growth over `divideBy`; null if there is none.
    static @Nullable NativeHistogram of(RangeWindow window, boolean counter, boolean smoothed, double divideBy) {
        try {
            FloatHistogram growth = new ExtendedHistogramRate(window).growth(counter, smoothed);
            return growth == null
                    ? null
                    : growth.dividedBy(divideBy).withHint(ResetHint.GAUGE).toNative();
        } catch (Misfit e) {
            window.annotations().mixedExponentialAndCustomBuckets(window.metricName(), window.at());
            return null;
        }
    }

    /// The histogram at `atMillis` on the line from sample `index` to the next.
    static @Nullable NativeHistogram at(RangeWindow window, int index, long atMillis) {
        if (window.run().histogramTimes[index] == atMillis || index + 1 >= window.histogramTo) {
            return window.run().histograms[index];
        }
        try {
            return new ExtendedHistogramRate(window)
                    .interpolate(index, atMillis, false)
                    .toNative();
        } catch (Misfit e) {
            window.annotations().mixedExponentialAndCustomBuckets(window.metricName(), window.at());
            return null;
        }
    }

    private @Nullable FloatHistogram growth(boolean counter, boolean smoothed) throws Misfit {
        int from = window.histogramFrom;
        int last = window.histogramTo - 1;
        int first = Math.max(from, ExtendedRange.atOrBefore(times, from, window.histogramTo, window.startMillis));
        if (smoothed) {
            last = first;
            while (last < window.histogramTo - 1 && times[last] < window.endMillis) {
                last++;
            }
        }
        if (times[last] <= window.startMillis || smoothed && times[first] > window.endMillis) {
            return null;
        }
        check(first, last, counter);
        boolean cutLeft = smoothed && times[first] < window.startMillis && first < last;
        FloatHistogram left =
                cutLeft ? interpolate(first, window.startMillis, counter) : FloatHistogram.of(samples[first]);
        FloatHistogram right = smoothed && last > first && times[last] > window.endMillis
                ? interpolate(last - 1, window.endMillis, counter)
                : FloatHistogram.of(samples[last]);
        if (!counter && (left.hint() != ResetHint.GAUGE || right.hint() != ResetHint.GAUGE)) {
            window.annotations().nativeHistogramNotGauge(window.metricName(), window.at());
        }
        FloatHistogram growth = minus(right, left);
        return counter ? mended(growth, first, last, left, right, cutLeft) : growth;
    }

    private void check(int first, int last, boolean counter) throws Misfit {
        boolean custom = samples[first].schema() == NativeHistogram.CUSTOM_BUCKETS;
        for (int i = first; i <= last; i++) {
            if (samples[i].schema() == NativeHistogram.CUSTOM_BUCKETS != custom) {
                throw new Misfit();
            }
            if (counter && samples[i].resetHint() == ResetHint.GAUGE) {
                window.annotations().nativeHistogramNotCounter(window.metricName(), window.at());
            }
        }
    }

    /// Adds what was lost in resets between the edges. One that an edge was interpolated across is in it already.
    private FloatHistogram mended(
            FloatHistogram growth, int first, int last, FloatHistogram left, FloatHistogram right, boolean cutLeft)
            throws Misfit {
        int next = first + 1;
        FloatHistogram previous = left;
        if (cutLeft && FloatHistogram.of(samples[next]).isResetAfter(FloatHistogram.of(samples[first]))) {
            previous = FloatHistogram.of(samples[next++]);
        }
        if (next > last) {
            return growth;
        }
        FloatHistogram result = growth;
        for (int i = next; i <= last; i++) {
            FloatHistogram current = i < last ? FloatHistogram.of(samples[i]) : right;
            if (current.isResetAfter(previous)) {
                result = plus(result, previous);
            }
            previous = current;
        }
        return result;
    }

    /// A counter that was reset in between is taken to have risen from nothing.
    private FloatHistogram interpolate(int index, long atMillis, boolean counter) throws Misfit {
        FloatHistogram from = FloatHistogram.of(samples[index]);
        FloatHistogram to = FloatHistogram.of(samples[index + 1]);
        double share = (double) (atMillis - times[index]) / (times[index + 1] - times[index]);
        if (share == 0 || share == 1) {
            return share == 0 ? from : to;
        }
        if (counter && to.isResetAfter(from)) {
            return to.times(share);
        }
        return plus(minus(to, from).times(share), from);
    }

    private FloatHistogram plus(FloatHistogram a, FloatHistogram b) throws Misfit {
        return result(a.plus(b), HistogramOperation.ADDITION);
    }

    private FloatHistogram minus(FloatHistogram a, FloatHistogram b) throws Misfit {
        return result(a.minus(b), HistogramOperation.SUBTRACTION);
    }

    private FloatHistogram result(FloatHistogram.@Nullable Sum sum, HistogramOperation operation) throws Misfit {
        if (sum == null) {
            throw new Misfit();
        }
        if (sum.boundsReconciled()) {
            window.annotations().customBucketsReconciled(operation, window.at());
        }
        return sum.histogram();
    }
}
