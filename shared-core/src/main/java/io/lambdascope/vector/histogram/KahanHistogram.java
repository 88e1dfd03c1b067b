package io.lambdascope.vector.histogram;

import io.lambdascope.vector.CompensatedSum;
import org.jspecify.annotations.Nullable;

/// A sum of histograms with what rounding has cut off, population by population. Immutable.
///
/// @param compensation in the layout of `sum`
/// @param boundsReconciled whether custom bounds had to be dropped on the way
record KahanHistogram(FloatHistogram sum, FloatHistogram compensation, boolean boundsReconciled) {
    static KahanHistogram of(FloatHistogram first) {
        return new KahanHistogram(first, FloatHistogram.emptyLike(first).widenZero(first.zeroThreshold()), false);
    }

    /// With one more, or null where one has exponential and the other custom buckets.
    @Nullable
    KahanHistogram plus(FloatHistogram other) {
        FloatHistogram.Aligned aligned = FloatHistogram.align(sum, other);
        if (aligned == null) {
            return null;
        }
        FloatHistogram s = aligned.left();
        FloatHistogram o = aligned.right();
        FloatHistogram c = compensation;
        if (s.isCustom()) {
            c = aligned.boundsReconciled() ? c.toBounds(s.customValues()) : c;
        } else {
            c = c.widenZero(s.zeroThreshold()).toSchema(s.schema());
        }
        Buckets positive = s.positive().plus(o.positive(), 1);
        Buckets negative = s.negative().plus(o.negative(), 1);
        double zero = s.zeroCount() + o.zeroCount();
        double count = s.count() + o.count();
        double total = s.sum() + o.sum();
        FloatHistogram newSum = new FloatHistogram(
                s.schema(),
                s.zeroThreshold(),
                zero,
                count,
                total,
                positive,
                negative,
                s.customValues(),
                FloatHistogram.commonHint(sum.hint(), other.hint()));
        FloatHistogram newCompensation = new FloatHistogram(
                s.schema(),
                s.zeroThreshold(),
                CompensatedSum.compensationAfter(s.zeroCount(), c.zeroCount(), o.zeroCount(), zero),
                CompensatedSum.compensationAfter(s.count(), c.count(), o.count(), count),
                CompensatedSum.compensationAfter(s.sum(), c.sum(), o.sum(), total),
                compensations(positive, s.positive(), c.positive(), o.positive()),
                compensations(negative, s.negative(), c.negative(), o.negative()),
                s.customValues(),
                c.hint());
        return new KahanHistogram(newSum, newCompensation, boundsReconciled || aligned.boundsReconciled());
    }

    private static Buckets compensations(Buckets result, Buckets sums, Buckets compensations, Buckets added) {
        double[] counts = new double[result.size];
        for (int i = 0; i < result.size; i++) {
            int index = result.indices[i];
            counts[i] = CompensatedSum.compensationAfter(
                    sums.at(index), compensations.at(index), added.at(index), result.counts[i]);
        }
        return new Buckets(result.size, result.indices, counts);
    }

    KahanHistogram times(double factor) {
        return new KahanHistogram(sum.times(factor), compensation.times(factor), boundsReconciled);
    }

    KahanHistogram dividedBy(double divisor) {
        return new KahanHistogram(sum.dividedBy(divisor), compensation.dividedBy(divisor), boundsReconciled);
    }

    FloatHistogram total() {
        FloatHistogram.Sum total = sum.plus(compensation.withHint(sum.hint()));
        return total == null ? sum : total.histogram();
    }
}
