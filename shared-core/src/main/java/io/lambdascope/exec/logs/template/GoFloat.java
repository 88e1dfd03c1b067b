package io.lambdascope.exec.logs.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating-point numbers as Go prints them.
final class GoFloat {
    private static final int SHORTEST = -1;
    private static final int MOST_DIGITS_OF_SHORTEST = 6;

    private GoFloat() {}

    /// As `%v` does: `1.5`, `3e+06`.
    static String print(double value) {
        return general(value, SHORTEST);
    }

    /// As `%g` does.
    ///
    /// @param precision significant digits, negative for as few as it takes
    static String general(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        BigDecimal digits = digits(value);
        boolean shortest = precision < 0;
        int wanted = precision == 0 ? 1 : precision;
        if (!shortest && digits.precision() > wanted) {
            digits = new BigDecimal(value).round(new MathContext(wanted, RoundingMode.HALF_EVEN));
            digits = digits.stripTrailingZeros();
        }
        int exponent = value == 0 ? 0 : digits.precision() - digits.scale() - 1;
        if (exponent < -4 || exponent >= (shortest ? MOST_DIGITS_OF_SHORTEST : wanted)) {
            return sign(value) + scientific(digits.abs(), exponent, digits.precision() - 1);
        }
        return sign(value) + (value == 0 ? "0" : digits.abs().toPlainString());
    }

    /// As `%f` does.
    static String fixed(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        if (precision < 0) {
            return sign(value) + digits(value).abs().toPlainString();
        }
        return sign(value)
                + new BigDecimal(value)
                        .abs()
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /// As `%e` does.
    static String exponential(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        BigDecimal digits = digits(value);
        int places = precision < 0 ? digits.precision() - 1 : precision;
        if (value != 0 && precision >= 0) {
            digits = new BigDecimal(value).round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        }
        int exponent = value == 0 ? 0 : digits.precision() - digits.scale() - 1;
        return sign(value) + scientific(digits.abs(), exponent, places);
    }

    private static String scientific(BigDecimal digits, int exponent, int places) {
        StringBuilder unscaled = new StringBuilder(digits.unscaledValue().toString());
        while (unscaled.length() < places + 1) {
            unscaled.append('0');
        }
        unscaled.setLength(places + 1);
        if (places > 0) {
            unscaled.insert(1, '.');
        }
        return unscaled + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /// The fewest digits that read back as `value`.
    private static BigDecimal digits(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
