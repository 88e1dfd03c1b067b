package io.lambdascope.ql.promql;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalDouble;

/// Reads number literals as Go does: `0x1F`, `017` (octal), `1_000`, `1e-3`, `.5`, `Inf`, `NaN`.
final class GoNumber {
    private GoNumber() {}

    /// Empty if `text` is no number or too large for a double.
    static OptionalDouble parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("inf")) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        if (lower.equals("nan")) {
            return OptionalDouble.of(Double.NaN);
        }
        boolean hex = lower.startsWith("0x");
        if (!underscoresSeparateDigits(lower, hex)) {
            return OptionalDouble.empty();
        }
        String plain = lower.replace("_", "");
        if (hex) {
            return plain.length() == 2 ? OptionalDouble.empty() : integer(plain.substring(2), 16);
        }
        if (plain.length() > 1 && plain.charAt(0) == '0' && plain.chars().allMatch(c -> c >= '0' && c <= '7')) {
            return integer(plain, 8);
        }
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /// Whether a text that is refused is a decimal number all the same.
    static boolean isTooLarge(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return !lower.startsWith("0x") && underscoresSeparateDigits(lower, false);
    }

    private static OptionalDouble integer(String digits, int radix) {
        if (digits.length() > 32) {
            return OptionalDouble.empty();
        }
        BigInteger value = new BigInteger(digits, radix);
        return value.bitLength() > 63 ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
    }

    private static boolean underscoresSeparateDigits(String text, boolean hex) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '_') {
                boolean before = i > 0 && (isDigit(text.charAt(i - 1), hex) || hex && i == 2);
                boolean after = i + 1 < text.length() && isDigit(text.charAt(i + 1), hex);
                if (!before || !after) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isDigit(char c, boolean hex) {
        return c >= '0' && c <= '9' || hex && c >= 'a' && c <= 'f';
    }
}
