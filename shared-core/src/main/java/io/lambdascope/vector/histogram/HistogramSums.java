package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.Annotations.HistogramOperation;
import org.jspecify.annotations.Nullable;

/// Sums and averages of native histograms, over time or over series.
public final class HistogramSums {
    private static final int INCREMENTAL = 1;
    private static final int INCOMPATIBLE = 2;
    private static final int RECONCILED = 4;
    private static final int RESET = 8;
    private static final int NO_RESET = 16;

    private @Nullable KahanHistogram state;
    private boolean incremental;
    private final boolean average;
    private int count;
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

    /// As [#count], [#flags], [#sum] and [#compensation] of another one say.
    public static HistogramSums restored(
            boolean average, int count, int flags, NativeHistogram sum, NativeHistogram compensation) {
        HistogramSums sums = new HistogramSums(average);
        sums.count = count;
        sums.incremental = (flags & INCREMENTAL) != 0;
        sums.incompatible = (flags & INCOMPATIBLE) != 0;
        sums.boundsReconciled = (flags & RECONCILED) != 0;
        sums.resetSeen = (flags & RESET) != 0;
        sums.noResetSeen = (flags & NO_RESET) != 0;
        sums.state = new KahanHistogram(FloatHistogram.of(sum), FloatHistogram.of(compensation), false);
        return sums;
    }

    /// How many histograms were added.
    public int count() {
        return count;
    }

    /// What has been met on the way, as bits.
    public int flags() {
        return (incremental ? INCREMENTAL : 0)
                | (incompatible ? INCOMPATIBLE : 0)
                | (boundsReconciled ? RECONCILED : 0)
                | (resetSeen ? RESET : 0)
                | (noResetSeen ? NO_RESET : 0);
    }

    /// The sum (or mean) without its compensation, null if nothing was added.
    public @Nullable NativeHistogram sum() {
        return state == null ? null : state.sum().toNative();
    }

    /// What rounding has cut off the sum, null if nothing was added.
    public @Nullable NativeHistogram compensation() {
        return state == null ? null : state.compensation().toNative();
    }

    /// Adds all that was added to another one. If they do not fit there is no result.
    public void merge(HistogramSums other) {
        resetSeen |= other.resetSeen;
        noResetSeen |= other.noResetSeen;
        boundsReconciled |= other.boundsReconciled;
        incompatible |= other.incompatible;
        KahanHistogram mine = state;
        KahanHistogram others = other.state;
        if (incompatible || others == null) {
            return;
        }
        int total = count + other.count;
        KahanHistogram merged = null;
        if (mine == null) {
            merged = others;
            incremental = other.incremental;
        } else {
            if (!incremental && !other.incremental) {
                merged = joined(mine, others);
            }
            if (incremental
                    || other.incremental
                    || average && merged != null && merged.sum().hasOverflow()) {
                KahanHistogram left = incremental ? mine : mine.dividedBy(count);
                KahanHistogram right = other.incremental ? others : others.dividedBy(other.count);
                merged = joined(left.times((double) count / total), right.times((double) other.count / total));
                incremental = true;
            }
        }
        count = total;
        incompatible = merged == null;
        boundsReconciled |= merged != null && merged.boundsReconciled();
        state = merged == null ? mine : merged;
    }

    private static @Nullable KahanHistogram joined(KahanHistogram left, KahanHistogram right) {
        KahanHistogram sum = left.plus(right.sum());
        return sum == null
                ? null
                : sum.plus(right.compensation().withHint(right.sum().hint()));
    }

    public boolean isIncompatible() {
        return incompatible;
    }

    /// The sum or average; notes what had to be bent for it. Null if there is none.
    public @Nullable NativeHistogram finish(Annotations annotations, SourceRange at) {
        KahanHistogram last = state;
        if (incompatible || last == null) {
            return null;
        }
        if (resetSeen && noResetSeen) {
            annotations.conflictingCounterResets(HistogramOperation.AGGREGATION, at);
        }
        if (boundsReconciled) {
            annotations.customBucketsReconciled(HistogramOperation.AGGREGATION, at);
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
