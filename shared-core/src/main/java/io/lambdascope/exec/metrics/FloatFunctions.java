package io.lambdascope.exec.metrics;

import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.vector.FloatMath;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// Functions of one float.
final class FloatFunctions {
    /// The years that a date is worked out for; what lies beyond counts as the last moment of them.
    private static final long MAX_SECONDS = LocalDateTime.MAX.minusYears(1).toEpochSecond(ZoneOffset.UTC);

    private FloatFunctions() {}

    static DoubleUnaryOperator of(PromFunction function) {
        return switch (function) {
            case ABS -> Math::abs;
            case ACOS -> Math::acos;
            case ACOSH -> FloatMath::acosh;
            case ASIN -> Math::asin;
            case ASINH -> FloatMath::asinh;
            case ATAN -> Math::atan;
            case ATANH -> FloatMath::atanh;
            case CEIL -> Math::ceil;
            case COS -> Math::cos;
            case COSH -> Math::cosh;
            case DEG -> value -> value * 180 / Math.PI;
            case EXP -> Math::exp;
            case FLOOR -> Math::floor;
            case LN -> Math::log;
            case LOG10 -> Math::log10;
            case LOG2 -> FloatMath::log2;
            case RAD -> value -> value * Math.PI / 180;
            case SGN -> FloatMath::sign;
            case SIN -> Math::sin;
            case SINH -> Math::sinh;
            case SQRT -> Math::sqrt;
            case TAN -> Math::tan;
            case TANH -> Math::tanh;
            default -> throw new IllegalStateException("no function of a float: " + function);
        };
    }

    /// Functions of a moment in seconds since the epoch, in UTC.
    static DoubleUnaryOperator ofDate(PromFunction function) {
        ToDoubleFunction<LocalDateTime> part = switch (function) {
            case DAYS_IN_MONTH -> date -> date.toLocalDate().lengthOfMonth();
            case DAY_OF_MONTH -> LocalDateTime::getDayOfMonth;
            case DAY_OF_WEEK -> date -> date.getDayOfWeek().getValue() % 7;
            case DAY_OF_YEAR -> LocalDateTime::getDayOfYear;
            case HOUR -> LocalDateTime::getHour;
            case MINUTE -> LocalDateTime::getMinute;
            case MONTH -> LocalDateTime::getMonthValue;
            case YEAR -> LocalDateTime::getYear;
            default -> throw new IllegalStateException("no function of a date: " + function);
        };
        return seconds -> part.applyAsDouble(
                LocalDateTime.ofEpochSecond(Math.clamp((long) seconds, -MAX_SECONDS, MAX_SECONDS), 0, ZoneOffset.UTC));
    }
}
