package io.lambdascope.vector;

/// Functions on floats where Java has none or answers special values otherwise than PromQL (that is, Go) does.
public final class FloatMath {
    private static final double LN_2 = Math.log(2);

    private FloatMath() {}

    /// Exact for powers of two.
    public static double log2(double value) {
        if (!(value > 0) || Double.isInfinite(value) || value < Double.MIN_NORMAL) {
            return Math.log(value) / LN_2;
        }
        int exponent = Math.getExponent(value);
        double fraction = Math.scalb(value, -exponent);
        return fraction == 1 ? exponent : exponent + Math.log(fraction) / LN_2;
    }

    /// One to any power is one, and so is minus one to an infinite power.
    public static double pow(double base, double exponent) {
        if (base == 1 || base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        return Math.pow(base, exponent);
    }

    public static double asinh(double value) {
        double size = Math.abs(value);
        if (Double.isInfinite(value) || size < 1e-9) {
            return value;
        }
        double result =
                size > 1e9 ? Math.log(size) + LN_2 : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return Math.copySign(result, value);
    }

    public static double acosh(double value) {
        return value > 1e9 ? Math.log(value) + LN_2 : Math.log(value + Math.sqrt(value - 1) * Math.sqrt(value + 1));
    }

    public static double atanh(double value) {
        return 0.5 * Math.log1p(2 * value / (1 - value));
    }

    public static double sign(double value) {
        return value < 0 ? -1 : value > 0 ? 1 : value;
    }
}
