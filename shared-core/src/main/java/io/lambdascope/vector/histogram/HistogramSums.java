package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.Annotations.HistogramOperation;
import org.jspecify.annotations.Nullable;

/// Sums and averages of native histograms, over time or over series.
public final class HistogramSums {
    private @Nullable KahanHistogram state;
    private boolean incremental;
    private final boolean average;
    private long count;
    private boolean incompatible;
    private boolean boundsReconciled;
    private boolean resetSeen;
    private boolean noResetSeen;

    /// @param average for the average rather than the sum
    public HistogramSums(boolean average) {
        this.average = average;
    }

    /// Adds one more; false if it does not fit those before, after which there is no result.
    public boolean add(NativeHistogram histogram) {
        resetSeen |= histogram.resetHint() == ResetHint.RESET;
        noResetSeen |= histogram.resetHint() == ResetHint.NOT_RESET;
        FloatHistogram next = FloatHistogram.of(histogram);
        count++;
        KahanHistogram before = state;
        if (before == null) {
            state = KahanHistogram.of(next);
            return true;
        }
        KahanHistogram after = null;
        if (!incremental) {
            after = before.plus(next);
            if (average && after != null && after.sum().hasOverflow()) {
                incremental = true;
                before = before.dividedBy(count - 1.0);
            }
        }
        if (incremental) {
            after = before.times((count - 1.0) / count).plus(next.dividedBy(count));
        }
        if (after == null) {
            incompatible = true;
            return false;
        }
        boundsReconciled |= after.boundsReconciled();
        state = after;
        return true;
    }

    public boolean isEmpty() {
        return state == null;
    }

    public boolean isIncompatible() {
        return incompatible;
    }

    /// The sum or average; notes what had to be bent for it. Null if there is none.
    public @Nullable NativeHistogram finish(Annotations annotations, SourceRange at) {
        if (resetSeen && noResetSeen) {
            annotations.conflictingCounterResets(HistogramOperation.AGGREGATION, at);
        }
        if (boundsReconciled) {
            annotations.customBucketsReconciled(HistogramOperation.AGGREGATION, at);
        }
        KahanHistogram last = state;
        if (incompatible || last == null) {
            return null;
        }
        return (average && !incremental ? last.dividedBy(count) : last).total().toNative();
    }

    /// Over the histograms `[from, to)` of one series; null, with a warning, if they do not fit.
    public static @Nullable NativeHistogram overTime(
            NativeHistogram[] histograms,
            int from,
            int to,
            boolean average,
            String metricName,
            Annotations annotations,
            SourceRange at) {
        HistogramSums sums = new HistogramSums(average);
        for (int i = from; i < to; i++) {
            if (!sums.add(histograms[i])) {
                annotations.mixedExponentialAndCustomBuckets(metricName, at);
                return null;
            }
        }
        return sums.finish(annotations, at);
    }
}
