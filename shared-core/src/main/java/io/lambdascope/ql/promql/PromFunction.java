package io.lambdascope.ql.promql;

import io.lambdascope.ql.promql.PromExpr.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The functions of PromQL with their signatures (prometheus 3.14 `promql/parser/functions.go`).
public enum PromFunction {
    ABS(Type.VECTOR, 0, false, Type.VECTOR),
    ABSENT(Type.VECTOR, 0, false, Type.VECTOR),
    ABSENT_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    ACOS(Type.VECTOR, 0, false, Type.VECTOR),
    ACOSH(Type.VECTOR, 0, false, Type.VECTOR),
    ASIN(Type.VECTOR, 0, false, Type.VECTOR),
    ASINH(Type.VECTOR, 0, false, Type.VECTOR),
    ATAN(Type.VECTOR, 0, false, Type.VECTOR),
    ATANH(Type.VECTOR, 0, false, Type.VECTOR),
    AVG_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    CEIL(Type.VECTOR, 0, false, Type.VECTOR),
    CHANGES(Type.VECTOR, 0, false, Type.MATRIX),
    CLAMP(Type.VECTOR, 0, false, Type.VECTOR, Type.SCALAR, Type.SCALAR),
    CLAMP_MAX(Type.VECTOR, 0, false, Type.VECTOR, Type.SCALAR),
    CLAMP_MIN(Type.VECTOR, 0, false, Type.VECTOR, Type.SCALAR),
    COS(Type.VECTOR, 0, false, Type.VECTOR),
    COSH(Type.VECTOR, 0, false, Type.VECTOR),
    COUNT_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    DAY_OF_MONTH(Type.VECTOR, 1, false, Type.VECTOR),
    DAY_OF_WEEK(Type.VECTOR, 1, false, Type.VECTOR),
    DAY_OF_YEAR(Type.VECTOR, 1, false, Type.VECTOR),
    DAYS_IN_MONTH(Type.VECTOR, 1, false, Type.VECTOR),
    DEG(Type.VECTOR, 0, false, Type.VECTOR),
    DELTA(Type.VECTOR, 0, false, Type.MATRIX),
    DERIV(Type.VECTOR, 0, false, Type.MATRIX),
    DOUBLE_EXPONENTIAL_SMOOTHING(Type.VECTOR, 0, true, Type.MATRIX, Type.SCALAR, Type.SCALAR),
    END(Type.SCALAR, 0, true),
    EXP(Type.VECTOR, 0, false, Type.VECTOR),
    FIRST_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    FLOOR(Type.VECTOR, 0, false, Type.VECTOR),
    HISTOGRAM_AVG(Type.VECTOR, 0, false, Type.VECTOR),
    HISTOGRAM_COUNT(Type.VECTOR, 0, false, Type.VECTOR),
    HISTOGRAM_FRACTION(Type.VECTOR, 0, false, Type.SCALAR, Type.SCALAR, Type.VECTOR),
    HISTOGRAM_QUANTILE(Type.VECTOR, 0, false, Type.SCALAR, Type.VECTOR),
    HISTOGRAM_QUANTILES(Type.VECTOR, 9, true, Type.VECTOR, Type.STRING, Type.SCALAR),
    HISTOGRAM_STDDEV(Type.VECTOR, 0, false, Type.VECTOR),
    HISTOGRAM_STDVAR(Type.VECTOR, 0, false, Type.VECTOR),
    HISTOGRAM_SUM(Type.VECTOR, 0, false, Type.VECTOR),
    HOUR(Type.VECTOR, 1, false, Type.VECTOR),
    IDELTA(Type.VECTOR, 0, false, Type.MATRIX),
    INCREASE(Type.VECTOR, 0, false, Type.MATRIX),
    INFO(Type.VECTOR, 1, true, Type.VECTOR, Type.VECTOR),
    IRATE(Type.VECTOR, 0, false, Type.MATRIX),
    LABEL_JOIN(Type.VECTOR, -1, false, Type.VECTOR, Type.STRING, Type.STRING, Type.STRING),
    LABEL_REPLACE(Type.VECTOR, 0, false, Type.VECTOR, Type.STRING, Type.STRING, Type.STRING, Type.STRING),
    LAST_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    LN(Type.VECTOR, 0, false, Type.VECTOR),
    LOG10(Type.VECTOR, 0, false, Type.VECTOR),
    LOG2(Type.VECTOR, 0, false, Type.VECTOR),
    MAD_OVER_TIME(Type.VECTOR, 0, true, Type.MATRIX),
    MAX_OF(Type.SCALAR, 0, true, Type.SCALAR, Type.SCALAR),
    MAX_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    MIN_OF(Type.SCALAR, 0, true, Type.SCALAR, Type.SCALAR),
    MIN_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    MINUTE(Type.VECTOR, 1, false, Type.VECTOR),
    MONTH(Type.VECTOR, 1, false, Type.VECTOR),
    PI(Type.SCALAR, 0, false),
    PREDICT_LINEAR(Type.VECTOR, 0, false, Type.MATRIX, Type.SCALAR),
    PRESENT_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    QUANTILE_OVER_TIME(Type.VECTOR, 0, false, Type.SCALAR, Type.MATRIX),
    RAD(Type.VECTOR, 0, false, Type.VECTOR),
    RANGE(Type.SCALAR, 0, true),
    RATE(Type.VECTOR, 0, false, Type.MATRIX),
    RESETS(Type.VECTOR, 0, false, Type.MATRIX),
    ROUND(Type.VECTOR, 1, false, Type.VECTOR, Type.SCALAR),
    SCALAR(Type.SCALAR, 0, false, Type.VECTOR),
    SGN(Type.VECTOR, 0, false, Type.VECTOR),
    SIN(Type.VECTOR, 0, false, Type.VECTOR),
    SINH(Type.VECTOR, 0, false, Type.VECTOR),
    SORT(Type.VECTOR, 0, false, Type.VECTOR),
    SORT_BY_LABEL(Type.VECTOR, -1, true, Type.VECTOR, Type.STRING),
    SORT_BY_LABEL_DESC(Type.VECTOR, -1, true, Type.VECTOR, Type.STRING),
    SORT_DESC(Type.VECTOR, 0, false, Type.VECTOR),
    SQRT(Type.VECTOR, 0, false, Type.VECTOR),
    START(Type.SCALAR, 0, true),
    START_TIMESTAMP(Type.VECTOR, 0, true, Type.VECTOR),
    STDDEV_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    STDVAR_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    STEP(Type.SCALAR, 0, true),
    SUM_OVER_TIME(Type.VECTOR, 0, false, Type.MATRIX),
    TAN(Type.VECTOR, 0, false, Type.VECTOR),
    TANH(Type.VECTOR, 0, false, Type.VECTOR),
    TIME(Type.SCALAR, 0, false),
    TIMESTAMP(Type.VECTOR, 0, false, Type.VECTOR),
    TS_OF_FIRST_OVER_TIME(Type.VECTOR, 0, true, Type.MATRIX),
    TS_OF_LAST_OVER_TIME(Type.VECTOR, 0, true, Type.MATRIX),
    TS_OF_MAX_OVER_TIME(Type.VECTOR, 0, true, Type.MATRIX),
    TS_OF_MIN_OVER_TIME(Type.VECTOR, 0, true, Type.MATRIX),
    VECTOR(Type.VECTOR, 0, false, Type.SCALAR),
    YEAR(Type.VECTOR, 1, false, Type.VECTOR);

    /// Says that the last argument may be repeated without end.
    private static final int ANY_NUMBER = -1;

    private static final Map<String, PromFunction> BY_NAME = new HashMap<>();

    static {
        for (PromFunction function : values()) {
            BY_NAME.put(function.text(), function);
        }
    }

    private final Type returns;
    private final int optional;
    private final boolean experimental;
    private final List<Type> arguments;

    PromFunction(Type returns, int optional, boolean experimental, Type... arguments) {
        this.returns = returns;
        this.optional = optional;
        this.experimental = experimental;
        this.arguments = List.of(arguments);
    }

    /// As it stands in a query.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Type returns() {
        return returns;
    }

    /// Refused by Prometheus unless experimental functions are switched on.
    public boolean isExperimental() {
        return experimental;
    }

    /// The types of its arguments, of one that may repeat once.
    public List<Type> arguments() {
        return arguments;
    }

    /// How many times the last argument may be left out or repeated: 0 not at all, -1 repeated without end.
    public int variadic() {
        return optional;
    }

    /// The type that the argument at `index` must have; the last one's where arguments repeat.
    public Type argument(int index) {
        return arguments.get(Math.min(index, arguments.size() - 1));
    }

    /// The fewest arguments: all, or all but the last where that one is optional or repeats.
    public int minArguments() {
        return optional == 0 ? arguments.size() : arguments.size() - 1;
    }

    /// The most arguments, [Integer#MAX_VALUE] where the last one repeats.
    public int maxArguments() {
        return optional == ANY_NUMBER ? Integer.MAX_VALUE : minArguments() + (optional == 0 ? 0 : optional);
    }

    public static Optional<PromFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
