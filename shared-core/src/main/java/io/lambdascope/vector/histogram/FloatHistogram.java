package io.lambdascope.vector.histogram;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A native histogram as evaluation works with it: buckets by index. Immutable; every operation gives a new one
/// (prometheus `model/histogram/float_histogram.go` says what each must give).
public record FloatHistogram(
        int schema,
        double zeroThreshold,
        double zeroCount,
        double count,
        double sum,
        Buckets positive,
        Buckets negative,
        double[] customValues,
        ResetHint hint) {

    /// Two histograms in one layout.
    ///
    /// @param boundsReconciled whether custom bounds had to be dropped for that
    record Aligned(FloatHistogram left, FloatHistogram right, boolean boundsReconciled) {}

    /// A sum or difference.
    ///
    /// @param boundsReconciled whether custom bounds had to be dropped for it
    /// @param resetsCollide whether one side says that it was reset and the other that it was not
    public record Sum(FloatHistogram histogram, boolean boundsReconciled, boolean resetsCollide) {}

    public static FloatHistogram of(NativeHistogram from) {
        return new FloatHistogram(
                from.schema(),
                from.zeroThreshold(),
                from.zeroCount(),
                from.count(),
                from.sum(),
                Buckets.of(from.positiveSpans(), from.positiveBuckets()).compacted(),
                Buckets.of(from.negativeSpans(), from.negativeBuckets()).compacted(),
                from.customValues(),
                from.resetHint());
    }

    /// Without observations, in the layout of `like`.
    public static FloatHistogram emptyLike(FloatHistogram like) {
        return new FloatHistogram(
                like.schema, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, like.customValues, ResetHint.UNKNOWN);
    }

    /// As a result, without empty buckets.
    public NativeHistogram toNative() {
        Buckets up = positive.compacted();
        Buckets down = negative.compacted();
        return new NativeHistogram(
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                up.spans(),
                up.populations(),
                down.spans(),
                down.populations(),
                customValues,
                hint);
    }

    public boolean isCustom() {
        return schema == NativeHistogram.CUSTOM_BUCKETS;
    }

    public FloatHistogram withHint(ResetHint newHint) {
        return newHint == hint
                ? this
                : new FloatHistogram(
                        schema, zeroThreshold, zeroCount, count, sum, positive, negative, customValues, newHint);
    }

    private FloatHistogram with(double newZeroThreshold, double newZeroCount, Buckets up, Buckets down) {
        return new FloatHistogram(schema, newZeroThreshold, newZeroCount, count, sum, up, down, customValues, hint);
    }

    /// All populations times `factor`; negative ones make no counter.
    public FloatHistogram times(double factor) {
        return new FloatHistogram(
                schema,
                zeroThreshold,
                zeroCount * factor,
                count * factor,
                sum * factor,
                positive.scaled(factor),
                negative.scaled(factor),
                customValues,
                factor < 0 ? ResetHint.GAUGE : hint);
    }

    /// All populations over `divisor`; by zero, no buckets are left.
    public FloatHistogram dividedBy(double divisor) {
        return new FloatHistogram(
                schema,
                zeroThreshold,
                zeroCount / divisor,
                count / divisor,
                sum / divisor,
                divisor == 0 ? Buckets.NONE : positive.dividedBy(divisor),
                divisor == 0 ? Buckets.NONE : negative.dividedBy(divisor),
                customValues,
                divisor < 0 ? ResetHint.GAUGE : hint);
    }

    /// The sum, or null where one has exponential and the other custom buckets.
    public @Nullable Sum plus(FloatHistogram other) {
        return combine(other, 1);
    }

    /// The difference, or null where one has exponential and the other custom buckets.
    public @Nullable Sum minus(FloatHistogram other) {
        return combine(other, -1);
    }

    private @Nullable Sum combine(FloatHistogram other, double sign) {
        Aligned aligned = align(this, other);
        if (aligned == null) {
            return null;
        }
        FloatHistogram a = aligned.left;
        FloatHistogram b = aligned.right;
        FloatHistogram result = new FloatHistogram(
                a.schema,
                a.zeroThreshold,
                a.zeroCount + sign * b.zeroCount,
                a.count + sign * b.count,
                a.sum + sign * b.sum,
                a.positive.plus(b.positive, sign),
                a.negative.plus(b.negative, sign),
                a.customValues,
                commonHint(hint, other.hint));
        return new Sum(result, aligned.boundsReconciled, collide(hint, other.hint));
    }

    static ResetHint commonHint(ResetHint a, ResetHint b) {
        if (a == b) {
            return a;
        }
        return a == ResetHint.GAUGE || b == ResetHint.GAUGE ? ResetHint.GAUGE : ResetHint.UNKNOWN;
    }

    static boolean collide(ResetHint a, ResetHint b) {
        return a == ResetHint.RESET && b == ResetHint.NOT_RESET || a == ResetHint.NOT_RESET && b == ResetHint.RESET;
    }

    /// Brings two histograms into the layout that both can be brought into: the lower resolution, the wider zero
    /// bucket, the custom bounds that both have. Null where one has exponential and the other custom buckets.
    static @Nullable Aligned align(FloatHistogram a, FloatHistogram b) {
        if (a.isCustom() != b.isCustom()) {
            return null;
        }
        if (a.isCustom()) {
            if (Arrays.equals(a.customValues, b.customValues)) {
                return new Aligned(a, b, false);
            }
            double[] common = CustomBounds.common(a.customValues, b.customValues);
            return new Aligned(a.toBounds(common), b.toBounds(common), true);
        }
        FloatHistogram left = a;
        FloatHistogram right = b;
        while (left.zeroThreshold != right.zeroThreshold) {
            if (left.zeroThreshold > right.zeroThreshold) {
                right = right.widenZero(right.reachOfZero(left.zeroThreshold));
            } else {
                left = left.widenZero(left.reachOfZero(right.zeroThreshold));
            }
        }
        int schema = Math.min(left.schema, right.schema);
        return new Aligned(left.toSchema(schema), right.toSchema(schema), false);
    }

    /// At a resolution not finer than this one.
    public FloatHistogram toSchema(int lower) {
        if (lower == schema) {
            return this;
        }
        return new FloatHistogram(
                lower,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                positive.reduced(schema - lower),
                negative.reduced(schema - lower),
                customValues,
                hint);
    }

    /// With custom bounds that are a part of the present ones.
    FloatHistogram toBounds(double[] bounds) {
        return new FloatHistogram(
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                CustomBounds.rebucket(positive, customValues, bounds),
                negative,
                bounds,
                hint);
    }

    /// How far a zero bucket of at least `threshold` reaches: a populated bucket that it would cut is taken in
    /// whole.
    double reachOfZero(double threshold) {
        double reach = threshold;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = 0; i < positive.size && lower(positive.indices[i]) < reach; i++) {
                double upper = upper(positive.indices[i]);
                if (upper > reach && positive.counts[i] != 0) {
                    reach = upper;
                }
            }
            for (int i = 0; i < negative.size && lower(negative.indices[i]) < reach; i++) {
                double upper = upper(negative.indices[i]);
                if (upper > reach && negative.counts[i] != 0) {
                    reach = upper;
                    grown = true;
                }
            }
        }
        return reach;
    }

    /// With a zero bucket that reaches to `threshold`, taking in all buckets that begin below it.
    FloatHistogram widenZero(double threshold) {
        int p = 0;
        double taken = zeroCount;
        while (p < positive.size && lower(positive.indices[p]) < threshold) {
            taken += positive.counts[p++];
        }
        int n = 0;
        while (n < negative.size && lower(negative.indices[n]) < threshold) {
            taken += negative.counts[n++];
        }
        return with(
                threshold,
                taken,
                p == 0 ? positive : positive.above(positive.indices[p - 1]),
                n == 0 ? negative : negative.above(negative.indices[n - 1]));
    }

    /// Whether a counter was reset between `previous` and this.
    public boolean isResetAfter(FloatHistogram previous) {
        if (hint == ResetHint.RESET) {
            return true;
        }
        if (hint == ResetHint.NOT_RESET) {
            return false;
        }
        if (count < previous.count) {
            return true;
        }
        if (isCustom()) {
            if (!previous.isCustom()) {
                return true;
            }
            if (!Arrays.equals(customValues, previous.customValues)) {
                double[] common = CustomBounds.common(customValues, previous.customValues);
                return hasDrop(previous.toBounds(common).positive, toBounds(common).positive);
            }
            return hasDrop(previous.positive, positive);
        }
        if (previous.isCustom() || schema > previous.schema || zeroThreshold < previous.zeroThreshold) {
            return true;
        }
        if (previous.reachOfZero(zeroThreshold) != zeroThreshold) {
            return true;
        }
        FloatHistogram before = previous.widenZero(zeroThreshold).toSchema(schema);
        return zeroCount < before.zeroCount || hasDrop(before.positive, positive) || hasDrop(before.negative, negative);
    }

    private static boolean hasDrop(Buckets before, Buckets after) {
        for (int i = 0; i < before.size; i++) {
            if (after.at(before.indices[i]) < before.counts[i]) {
                return true;
            }
        }
        return false;
    }

    /// Whether the two hold the same observations in the same layout, whatever they say of resets.
    public boolean sameAs(FloatHistogram other) {
        return schema == other.schema
                && zeroThreshold == other.zeroThreshold
                && zeroCount == other.zeroCount
                && count == other.count
                && Double.doubleToRawLongBits(sum) == Double.doubleToRawLongBits(other.sum)
                && Arrays.equals(customValues, other.customValues)
                && positive.sameAs(other.positive)
                && negative.sameAs(other.negative);
    }

    /// Whether a population or the sum has left the range of doubles.
    boolean hasOverflow() {
        return Double.isInfinite(zeroCount)
                || Double.isInfinite(count)
                || Double.isInfinite(sum)
                || Arrays.stream(positive.counts, 0, positive.size).anyMatch(Double::isInfinite)
                || Arrays.stream(negative.counts, 0, negative.size).anyMatch(Double::isInfinite);
    }

    /// The upper bound of the positive bucket `index`.
    double upper(int index) {
        return bound(index);
    }

    /// The lower bound of the positive bucket `index`.
    double lower(int index) {
        return bound(index - 1);
    }

    private double bound(int index) {
        if (isCustom()) {
            if (index < 0) {
                return Double.NEGATIVE_INFINITY;
            }
            return index < customValues.length ? customValues[index] : Double.POSITIVE_INFINITY;
        }
        if (schema <= 0) {
            long exponent = (long) index << -schema;
            return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, Math.clamp(exponent, -2000, 2000));
        }
        int whole = index >> schema;
        int part = index & (1 << schema) - 1;
        if (part == 0 && whole == 1024) {
            return Double.MAX_VALUE;
        }
        return Math.scalb(Math.pow(2, (double) part / (1 << schema)), whole);
    }
}
