package io.lambdascope.wire.influx;

import java.util.Set;

/// The values of fields that are no strings: floats, integers (`1i`), unsigned integers (`1u`) and booleans.
final class FieldValue {
    private static final Set<String> TRUE = Set.of("t", "T", "true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("f", "F", "false", "False", "FALSE");

    private FieldValue() {}

    /// @throws BadLine if it is none
    static double parse(String text) throws BadLine {
        if (TRUE.contains(text)) {
            return 1;
        }
        if (FALSE.contains(text)) {
            return 0;
        }
        try {
            if (text.endsWith("i")) {
                return Long.parseLong(text, 0, text.length() - 1, 10);
            }
            if (text.endsWith("u")) {
                return unsigned(Long.parseUnsignedLong(text, 0, text.length() - 1, 10));
            }
        } catch (NumberFormatException _) {
            throw notAValue(text);
        }
        double value = isDecimal(text) ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw notAValue(text);
        }
        return value;
    }

    /// Java takes more for a number than the protocol does.
    private static boolean isDecimal(String text) {
        int whole = sign(text, 0);
        int at = digits(text, whole);
        int count = at - whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = digits(text, fraction);
            count += at - fraction;
        }
        if (count > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = sign(text, at + 1);
            at = digits(text, exponent);
            return at > exponent && at == text.length();
        }
        return count > 0 && at == text.length();
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0 + (value & 1);
    }

    private static BadLine notAValue(String text) {
        return new BadLine(text.isEmpty() ? "a field has no value" : "%s is no value of a field", text);
    }
}
