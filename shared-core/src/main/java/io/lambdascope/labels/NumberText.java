package io.lambdascope.labels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Floats as Prometheus writes them: the fewest digits that read back as the same number, in the notations of Go's
/// `strconv.FormatFloat`.
public final class NumberText {
    private NumberText() {}

    /// Without exponent, however long that is (format `f`, precision -1): how PromQL literals and the label of
    /// `count_values` are written.
    public static String plain(double value) {
        String special = special(value);
        if (special != null) {
            return special;
        }
        if (value == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        }
        if (value == (long) value && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        if (Math.abs(value) < Double.MIN_NORMAL) {
            return shortest(value).toPlainString();
        }
        String text = Double.toString(value);
        int exponent = text.indexOf('E');
        return exponent < 0 ? text : withoutExponent(text, exponent);
    }

    /// `1.25E7`, `-4.0E-5` and the like with as many zeros as that takes.
    ///
    /// @param at where the `E` stands
    private static String withoutExponent(String text, int at) {
        StringBuilder out = new StringBuilder(32);
        int point = text.indexOf('.');
        int first = text.charAt(0) == '-' ? 1 : 0;
        int end = text.charAt(at - 1) == '0' && at - 1 == point + 1 ? point : at;
        int fraction = end == point ? 0 : end - point - 1;
        int exponent = Integer.parseInt(text, at + 1, text.length(), 10);
        out.append(text, 0, first);
        if (exponent < 0) {
            out.append("0.").repeat('0', -exponent - 1);
        }
        out.append(text, first, point).append(text, point + 1, Math.max(point + 1, end));
        if (exponent >= fraction) {
            out.repeat('0', exponent - fraction);
        } else if (exponent >= 0) {
            out.insert(first + 1 + exponent, '.');
        }
        return out.toString();
    }

    /// With an exponent only below 1e-6 and from 1e21 on: how sample values stand in the HTTP API's JSON
    /// (prometheus `util/jsonutil/marshal.go`).
    public static String json(double value) {
        double abs = Math.abs(value);
        if (abs == 0 || abs >= 1e-6 && abs < 1e21 || Double.isNaN(value) || Double.isInfinite(value)) {
            return plain(value);
        }
        BigDecimal digits = shortest(value);
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        StringBuilder out = new StringBuilder(32);
        if (value < 0) {
            out.append('-');
        }
        out.append(unscaled.charAt(0));
        if (unscaled.length() > 1) {
            out.append('.').append(unscaled, 1, unscaled.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            out.append('0');
        }
        return out.append(Math.abs(exponent)).toString();
    }

    /// The fewest digits that read back as `value`. Java writes two digits where one would do for the smallest numbers
    /// of all (`4.9E-324`).
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_UP));
            return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
        }
        return digits;
    }

    private static @Nullable String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return null;
    }
}
