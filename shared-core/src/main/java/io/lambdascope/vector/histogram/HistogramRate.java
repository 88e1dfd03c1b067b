package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.Annotations.HistogramOperation;
import org.jspecify.annotations.Nullable;

/// By how much histograms have grown (prometheus `promql/functions.go`, histogramRate and instantValue).
public final class HistogramRate {
    private HistogramRate() {}

    /// The growth from sample `first` to sample `last`, resets of a counter made good; null, with a warning, if
    /// their buckets do not fit.
    ///
    /// @param startResets where start timestamps say that there was a reset, from `first` on; null for nowhere
    /// @param fromZero whether the first sample has grown from nothing inside the range
    public static @Nullable NativeHistogram increase(
            NativeHistogram[] samples,
            boolean @Nullable [] startResets,
            int first,
            int last,
            boolean counter,
            boolean fromZero,
            String metricName,
            Annotations annotations,
            SourceRange at) {
        FloatHistogram start = FloatHistogram.of(samples[first]);
        FloatHistogram end = FloatHistogram.of(samples[last]);
        if (counter) {
            for (int i = first; i <= last; i++) {
                if (samples[i].resetHint() == ResetHint.GAUGE) {
                    annotations.nativeHistogramNotCounter(metricName, at);
                    break;
                }
            }
        } else if (samples[first].resetHint() != ResetHint.GAUGE || samples[last].resetHint() != ResetHint.GAUGE) {
            annotations.nativeHistogramNotGauge(metricName, at);
        }
        FloatHistogram firstSample = start;
        if (counter && last > first) {
            // a first sample before a reset does not count, so its layout must not either
            FloatHistogram second = FloatHistogram.of(samples[first + 1]);
            if (startResets != null && startResets[1] || second.isResetAfter(start)) {
                start = FloatHistogram.emptyLike(second);
            }
        }
        boolean custom = start.isCustom();
        if (end.isCustom() != custom) {
            annotations.mixedExponentialAndCustomBuckets(metricName, at);
            return null;
        }
        int schema = Math.min(start.schema(), end.schema());
        for (int i = first + 1; i < last && counter; i++) {
            if (samples[i].schema() == NativeHistogram.CUSTOM_BUCKETS != custom) {
                annotations.mixedExponentialAndCustomBuckets(metricName, at);
                return null;
            }
            schema = Math.min(schema, samples[i].schema());
        }
        FloatHistogram.Sum difference = end.toSchema(schema).minus(start);
        if (difference == null) {
            annotations.mixedExponentialAndCustomBuckets(metricName, at);
            return null;
        }
        if (difference.boundsReconciled()) {
            annotations.customBucketsReconciled(HistogramOperation.SUBTRACTION, at);
        }
        FloatHistogram growth = difference.histogram();
        if (fromZero) {
            FloatHistogram.Sum whole = growth.plus(firstSample);
            if (whole == null) {
                annotations.mixedExponentialAndCustomBuckets(metricName, at);
                return null;
            }
            growth = whole.histogram();
        }
        FloatHistogram previous = start;
        for (int i = first + 1; i <= last && counter; i++) {
            FloatHistogram current = FloatHistogram.of(samples[i]);
            if (startResets != null && startResets[i - first] || current.isResetAfter(previous)) {
                FloatHistogram.Sum mended = growth.plus(previous);
                if (mended == null) {
                    annotations.mixedExponentialAndCustomBuckets(metricName, at);
                    return null;
                }
                if (mended.boundsReconciled()) {
                    annotations.customBucketsReconciled(HistogramOperation.ADDITION, at);
                }
                growth = mended.histogram();
            }
            previous = current;
        }
        return growth.withHint(ResetHint.GAUGE).toNative();
    }

    /// The growth per second between two samples (a counter), or just the difference (a gauge).
    public static @Nullable NativeHistogram lastTwo(
            NativeHistogram previous,
            NativeHistogram last,
            boolean counter,
            boolean startReset,
            double seconds,
            String metricName,
            Annotations annotations,
            SourceRange at) {
        boolean anyGauge = previous.resetHint() == ResetHint.GAUGE || last.resetHint() == ResetHint.GAUGE;
        boolean anyCounter = previous.resetHint() != ResetHint.GAUGE || last.resetHint() != ResetHint.GAUGE;
        if (counter && anyGauge) {
            annotations.nativeHistogramNotCounter(metricName, at);
        }
        if (!counter && anyCounter) {
            annotations.nativeHistogramNotGauge(metricName, at);
        }
        FloatHistogram before = FloatHistogram.of(previous);
        FloatHistogram result = FloatHistogram.of(last);
        if (!counter || !startReset && !result.isResetAfter(before)) {
            FloatHistogram.Sum difference = result.minus(before);
            if (difference == null) {
                annotations.mixedExponentialAndCustomBuckets(metricName, at);
                return null;
            }
            if (difference.boundsReconciled()) {
                annotations.customBucketsReconciled(HistogramOperation.SUBTRACTION, at);
            }
            result = difference.histogram();
        }
        result = result.withHint(ResetHint.GAUGE);
        return (counter ? result.dividedBy(seconds) : result).toNative();
    }

    /// All populations times `factor`.
    public static NativeHistogram scale(NativeHistogram histogram, double factor) {
        return FloatHistogram.of(histogram).times(factor).toNative();
    }
}
