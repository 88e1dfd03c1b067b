package io.lambdascope.exec.logs.template;

import io.lambdascope.exec.logs.LabelValues;
import io.lambdascope.exec.logs.template.Function.Arguments;
import io.lambdascope.fault.Fault;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions over numbers. Texts that say numbers are numbers too, and everything else is 0.
final class NumberFunctions {
    /// Digits behind the point of a quotient.
    private static final int QUOTIENT_SCALE = 16;

    private interface Exactly {
        BigDecimal of(BigDecimal left, BigDecimal right) throws TemplateException;
    }

    private interface Measure {
        double of(String text);
    }

    private NumberFunctions() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("int", Function.of(1, of -> whole(of.get(0))));
        functions.put("float64", Function.of(1, of -> decimal(of.get(0))));
        functions.put("add", Function.atLeast(0, of -> folded(of, 0, Long::sum)));
        functions.put("sub", Function.of(2, of -> whole(of.get(0)) - whole(of.get(1))));
        functions.put("mul", Function.atLeast(1, of -> folded(of, 1, (a, b) -> a * b)));
        functions.put("div", Function.of(2, of -> whole(of.get(0)) / divisor(of.get(1))));
        functions.put("mod", Function.of(2, of -> whole(of.get(0)) % divisor(of.get(1))));
        functions.put("max", Function.atLeast(1, of -> folded(of, whole(of.get(0)), Math::max)));
        functions.put("min", Function.atLeast(1, of -> folded(of, whole(of.get(0)), Math::min)));
        functions.put("addf", Function.atLeast(1, of -> exactly(of, BigDecimal::add)));
        functions.put("subf", Function.atLeast(1, of -> exactly(of, BigDecimal::subtract)));
        functions.put("mulf", Function.atLeast(1, of -> exactly(of, BigDecimal::multiply)));
        functions.put("divf", Function.atLeast(1, of -> exactly(of, NumberFunctions::quotient)));
        functions.put("maxf", Function.atLeast(1, of -> foldedDecimals(of, Math::max)));
        functions.put("minf", Function.atLeast(1, of -> foldedDecimals(of, Math::min)));
        Function seconds = Function.of(1, of -> measured(LabelValues::seconds, of.text(0)));
        functions.put("duration", seconds);
        functions.put("duration_seconds", seconds);
        functions.put("bytes", Function.of(1, of -> measured(LabelValues::bytes, of.text(0))));
        functions.put("ceil", rounding(Math::ceil));
        functions.put("floor", rounding(Math::floor));
        functions.put("round", new Function(2, 3, NumberFunctions::round));
    }

    private static Function rounding(DoubleUnaryOperator operator) {
        return Function.of(1, of -> operator.applyAsDouble(decimal(of.get(0))));
    }

    private static long folded(Arguments of, long first, LongBinaryOperator operator) {
        long result = first;
        for (Object value : of.values()) {
            result = operator.applyAsLong(result, whole(value));
        }
        return result;
    }

    private static double foldedDecimals(Arguments of, DoubleBinaryOperator operator) {
        double result = decimal(of.get(0));
        for (Object value : of.values()) {
            result = operator.applyAsDouble(result, decimal(value));
        }
        return result;
    }

    private static long divisor(@Nullable Object value) throws TemplateException {
        long divisor = whole(value);
        if (divisor == 0) {
            throw new TemplateException("runtime error: integer divide by zero");
        }
        return divisor;
    }

    /// Decimal fractions are added, multiplied and divided as such: 0.1 and 0.2 make 0.3.
    private static double exactly(Arguments of, Exactly operator) throws TemplateException {
        BigDecimal result = exact(of.get(0));
        for (int i = 1; i < of.size(); i++) {
            of.budget().step();
            result = operator.of(result, exact(of.get(i)));
        }
        return result.doubleValue();
    }

    private static BigDecimal exact(@Nullable Object value) throws TemplateException {
        double number = decimal(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new TemplateException("Cannot create a Decimal from " + GoFloat.print(number));
        }
        return BigDecimal.valueOf(number);
    }

    private static BigDecimal quotient(BigDecimal left, BigDecimal right) throws TemplateException {
        if (right.signum() == 0) {
            throw new TemplateException("decimal division by 0");
        }
        return left.divide(right, QUOTIENT_SCALE, RoundingMode.HALF_UP);
    }

    /// `round number places [roundOn]`: up from a fraction of `roundOn`, 0.5 unless given.
    private static Double round(Arguments of) throws TemplateException {
        double number = decimal(of.get(0));
        double roundOn = of.size() > 2 ? decimal(of.get(2)) : 0.5;
        double factor = Math.pow(10, of.whole(1));
        double scaled = factor * number;
        double fraction = scaled - (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled));
        double rounded = fraction >= roundOn ? Math.ceil(scaled) : Math.floor(scaled);
        return rounded / factor;
    }

    /// What `value` is as a whole number.
    static long whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number.longValue();
            case Boolean truth -> truth ? 1 : 0;
            case String text -> whole(text);
            case null, default -> 0;
        };
    }

    private static long whole(String text) {
        String plain = text.replaceFirst("\\.0+$", "").replace("_", "");
        int sign = plain.startsWith("-") || plain.startsWith("+") ? 1 : 0;
        String digits = plain.substring(sign);
        int radix = digits.matches("0[xX].+") ? 16 : digits.matches("0[bB].+") ? 2 : digits.matches("0.+") ? 8 : 10;
        int skipped = radix == 16 || radix == 2 || digits.matches("0[oO].+") ? 2 : 0;
        try {
            return Long.parseLong(plain.substring(0, sign) + digits.substring(skipped), radix);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /// What `value` is as a number with a fraction.
    static double decimal(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth ? 1 : 0;
            case String text -> decimal(text);
            case null, default -> 0;
        };
    }

    private static double decimal(String text) {
        try {
            return LabelValues.number(text);
        } catch (Fault _) {
            return 0;
        }
    }

    private static double measured(Measure measure, String text) throws TemplateException {
        try {
            return measure.of(text);
        } catch (Fault e) {
            throw new TemplateException(e.text());
        }
    }
}
