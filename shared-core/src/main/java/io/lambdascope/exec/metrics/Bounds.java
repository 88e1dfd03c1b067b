package io.lambdascope.exec.metrics;

import java.util.Locale;
import java.util.OptionalDouble;

/// Bucket bounds as they stand in the label `le`.
final class Bounds {
    private Bounds() {}

    /// Empty if `text` is no number.
    static OptionalDouble parse(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> {
                return OptionalDouble.of(Double.POSITIVE_INFINITY);
            }
            case "-inf", "-infinity" -> {
                return OptionalDouble.of(Double.NEGATIVE_INFINITY);
            }
            case "nan" -> {
                return OptionalDouble.of(Double.NaN);
            }
            default -> {
                // Java would also take blanks around, and a type at the end
                boolean plain = !text.isEmpty()
                        && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eExXpPabcdefABCDEF".indexOf(c) >= 0)
                        && (text.contains("x")
                                || text.contains("X")
                                || "dDfF".indexOf(text.charAt(text.length() - 1)) < 0);
                try {
                    return plain ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
                } catch (NumberFormatException e) {
                    return OptionalDouble.empty();
                }
            }
        }
    }
}
