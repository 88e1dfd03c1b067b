package io.lambdascope.head.metrics;

/// Doubles as decimals: most values are integers or have few decimals, and then their digits take fewer bytes than
/// their bits. What a number becomes reads back to the same bits.
final class DecimalCode {
    /// Not a short decimal: the bits are written.
    static final int RAW = 0;

    /// Tags 1 to 10 are decimals with 0 to 9 digits behind the point.
    static final int INTEGER = 1;

    static final int MAX_TAG = 10;

    static final int STALE = 11;

    static final int HISTOGRAM = 12;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double MAX_MANTISSA = 1L << 53;

    private DecimalCode() {}

    /// The tag of `value`: that of `hint` if it serves, else the one with the fewest digits.
    static int tagOf(double value, int hint) {
        if (!(Math.abs(value) < MAX_MANTISSA)) {
            return RAW;
        }
        boolean integer = Double.doubleToRawLongBits((double) (long) value) == Double.doubleToRawLongBits(value);
        if (hint == INTEGER && integer) {
            return INTEGER;
        }
        if (hint > INTEGER && fits(value, hint)) {
            return hint;
        }
        if (integer) {
            return INTEGER;
        }
        for (int tag = INTEGER + 1; tag <= MAX_TAG; tag++) {
            if (fits(value, tag)) {
                return tag;
            }
        }
        return RAW;
    }

    /// The digits of `value` under a tag that serves.
    static long mantissa(double value, int tag) {
        return (long) Math.rint(value * POWERS[tag - INTEGER]);
    }

    static double value(long mantissa, int tag) {
        return mantissa / POWERS[tag - INTEGER];
    }

    private static boolean fits(double value, int tag) {
        double power = POWERS[tag - INTEGER];
        double mantissa = Math.rint(value * power);
        return Math.abs(mantissa) < MAX_MANTISSA
                && Double.doubleToRawLongBits((long) mantissa / power) == Double.doubleToRawLongBits(value);
    }
}
