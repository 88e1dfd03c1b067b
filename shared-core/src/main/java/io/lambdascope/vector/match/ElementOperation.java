package io.lambdascope.vector.match;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.Annotations.HistogramOperation;
import io.lambdascope.vector.FloatMath;
import io.lambdascope.vector.histogram.FloatHistogram;
import io.lambdascope.vector.histogram.HistogramTrim;
import org.jspecify.annotations.Nullable;

/// An operator applied to two elements, each a float or a native histogram. Holds the last result; for one thread.
public final class ElementOperation {
    /// What came of it.
    public enum Outcome {
        /// There is a result, and a comparison holds.
        KEPT,
        /// A comparison does not hold; the result is its left side.
        FILTERED,
        /// The operator knows no such pair: no result, not even for `bool`.
        IMPOSSIBLE
    }

    /// What a division of floats by zero gives, and what is left over of one.
    public enum ZeroDivisor {
        /// What IEEE 754 says.
        IEEE,
        /// Always NaN, as in LogQL.
        NAN
    }

    private final Operator operator;
    private final ZeroDivisor zeroDivisor;
    private final Annotations annotations;
    private final SourceRange at;

    private double value;
    private @Nullable NativeHistogram histogram;

    /// @param at the whole binary expression
    public ElementOperation(Operator operator, Annotations annotations, SourceRange at) {
        this(operator, ZeroDivisor.IEEE, annotations, at);
    }

    /// @param at the whole binary expression
    public ElementOperation(Operator operator, ZeroDivisor zeroDivisor, Annotations annotations, SourceRange at) {
        this.operator = operator;
        this.zeroDivisor = zeroDivisor;
        this.annotations = annotations;
        this.at = at;
    }

    public Operator operator() {
        return operator;
    }

    /// The float of the last result; without meaning where there is a histogram.
    public double value() {
        return value;
    }

    public @Nullable NativeHistogram histogram() {
        return histogram;
    }

    /// @param left null if the left side is the float `leftValue`
    public Outcome apply(
            double leftValue, @Nullable NativeHistogram left, double rightValue, @Nullable NativeHistogram right) {
        histogram = null;
        if (left == null && right == null) {
            return floats(leftValue, rightValue);
        }
        if (left != null && right != null) {
            return histograms(left, right);
        }
        return left != null ? scaled(left, rightValue) : floatAndHistogram(leftValue, right);
    }

    private Outcome floats(double a, double b) {
        if (operator == Operator.TRIM_UPPER || operator == Operator.TRIM_LOWER) {
            return impossible("float", "float");
        }
        if (operator.isComparison()) {
            value = a;
            return holds(operator, a, b) ? Outcome.KEPT : Outcome.FILTERED;
        }
        value = arithmetic(operator, zeroDivisor, a, b);
        return Outcome.KEPT;
    }

    private static double arithmetic(Operator operator, ZeroDivisor zeroDivisor, double a, double b) {
        if (b == 0 && zeroDivisor == ZeroDivisor.NAN && (operator == Operator.DIV || operator == Operator.MOD)) {
            return Double.NaN;
        }
        return switch (operator) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MOD -> a % b;
            case POW -> FloatMath.pow(a, b);
            case ATAN2 -> Math.atan2(a, b);
            case EQL, NEQ, GTR, LSS, GTE, LTE, TRIM_UPPER, TRIM_LOWER ->
                throw Fault.unsupported("operator \"%s\" not allowed for Scalar operations", operator.text());
        };
    }

    private static boolean holds(Operator operator, double a, double b) {
        return switch (operator) {
            case EQL -> a == b;
            case NEQ -> a != b;
            case GTR -> a > b;
            case LSS -> a < b;
            case GTE -> a >= b;
            case LTE -> a <= b;
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    /// An operator between two scalars; a comparison gives 1 or 0.
    public static double scalars(Operator operator, ZeroDivisor zeroDivisor, double a, double b) {
        if (operator.isComparison()) {
            return holds(operator, a, b) ? 1 : 0;
        }
        return arithmetic(operator, zeroDivisor, a, b);
    }

    private Outcome floatAndHistogram(double left, @Nullable NativeHistogram right) {
        if (operator != Operator.MUL || right == null) {
            return impossible("float", "histogram");
        }
        histogram = FloatHistogram.of(right).times(left).toNative();
        return Outcome.KEPT;
    }

    private Outcome scaled(NativeHistogram left, double right) {
        NativeHistogram result = switch (operator) {
            case MUL -> FloatHistogram.of(left).times(right).toNative();
            case DIV -> FloatHistogram.of(left).dividedBy(right).toNative();
            case TRIM_UPPER, TRIM_LOWER -> HistogramTrim.trim(left, right, operator == Operator.TRIM_UPPER);
            case ADD, SUB, MOD, POW, ATAN2, EQL, NEQ, GTR, LSS, GTE, LTE -> null;
        };
        if (result == null) {
            return impossible("histogram", "float");
        }
        histogram = result;
        return Outcome.KEPT;
    }

    private Outcome histograms(NativeHistogram left, NativeHistogram right) {
        return switch (operator) {
            case ADD, SUB -> sum(left, right);
            case EQL, NEQ -> compare(left, right);
            case MUL, DIV, MOD, POW, ATAN2, GTR, LSS, GTE, LTE, TRIM_UPPER, TRIM_LOWER ->
                impossible("histogram", "histogram");
        };
    }

    private Outcome compare(NativeHistogram left, NativeHistogram right) {
        histogram = left;
        boolean same = FloatHistogram.of(left).sameAs(FloatHistogram.of(right));
        return same == (operator == Operator.EQL) ? Outcome.KEPT : Outcome.FILTERED;
    }

    private Outcome sum(NativeHistogram left, NativeHistogram right) {
        boolean add = operator == Operator.ADD;
        FloatHistogram a = FloatHistogram.of(left);
        FloatHistogram b = FloatHistogram.of(right);
        FloatHistogram.Sum sum = add ? a.plus(b) : a.minus(b);
        if (sum == null) {
            annotations.incompatibleBucketLayout(operator.text(), at);
            return Outcome.IMPOSSIBLE;
        }
        HistogramOperation operation = add ? HistogramOperation.ADDITION : HistogramOperation.SUBTRACTION;
        if (sum.boundsReconciled()) {
            annotations.customBucketsReconciled(operation, at);
        }
        if (sum.resetsCollide()) {
            annotations.conflictingCounterResets(operation, at);
        }
        FloatHistogram result = sum.histogram();
        histogram = (add ? result : result.withHint(ResetHint.GAUGE)).toNative();
        return Outcome.KEPT;
    }

    private Outcome impossible(String left, String right) {
        annotations.incompatibleTypes(left, operator.text(), right, at);
        return Outcome.IMPOSSIBLE;
    }
}
