package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.time.GoDuration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers in the values of labels, written as Go's programs write them.
public final class LabelValues {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern HEX =
            Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");
    private static final int MAX_LENGTH = 400;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_BYTES = 0x1p64;

    private static final Map<String, Double> SIZES = Map.ofEntries(
            Map.entry("", 1.0),
            Map.entry("b", 1.0),
            Map.entry("k", 1e3),
            Map.entry("ki", 0x1p10),
            Map.entry("m", 1e6),
            Map.entry("mi", 0x1p20),
            Map.entry("g", 1e9),
            Map.entry("gi", 0x1p30),
            Map.entry("t", 1e12),
            Map.entry("ti", 0x1p40),
            Map.entry("p", 1e15),
            Map.entry("pi", 0x1p50),
            Map.entry("e", 1e18),
            Map.entry("ei", 0x1p60));

    private LabelValues() {}

    /// A number: decimal, hexadecimal with an exponent, infinite or none.
    ///
    /// @throws Fault EXECUTION if `text` is no number, or one too large
    public static double number(String text) {
        String bad = "strconv.ParseFloat: parsing \"%s\": invalid syntax";
        if (text.length() > MAX_LENGTH) {
            throw fault(bad, text.substring(0, MAX_LENGTH) + "…");
        }
        if (DECIMAL.matcher(text).matches() || HEX.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw fault("strconv.ParseFloat: parsing \"%s\": value out of range", text);
            }
            return value;
        }
        boolean signed = text.startsWith("+") || text.startsWith("-");
        return switch (text.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan" -> {
                if (signed) {
                    throw fault(bad, text);
                }
                yield Double.NaN;
            }
            default -> throw fault(bad, text);
        };
    }

    /// A length of time in Go's form, in nanoseconds.
    ///
    /// @throws Fault EXECUTION if `text` is none
    public static long durationNanos(String text) {
        OptionalLong nanos = GoDuration.parseNanos(text);
        if (nanos.isEmpty()) {
            throw fault("time: invalid duration \"%s\"", shortened(text));
        }
        return nanos.getAsLong();
    }

    /// The same in seconds.
    public static double seconds(String text) {
        return durationNanos(text) / NANOS_PER_SECOND;
    }

    /// A size, as in `10KB`, `1.5 MiB` or `1,024`, in bytes.
    ///
    /// @throws Fault EXECUTION if `text` is none
    public static double bytes(String text) {
        int end = 0;
        while (end < text.length()
                && (isDigit(text.charAt(end)) || text.charAt(end) == '.' || text.charAt(end) == ',')) {
            end++;
        }
        double count = number(text.substring(0, end).replace(",", ""));
        String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
        String plain = unit.length() > 1 && unit.endsWith("b") ? unit.substring(0, unit.length() - 1) : unit;
        Double factor = SIZES.get(plain);
        if (factor == null || plain.equals("b") && unit.length() > 1) {
            throw fault("unhandled size name: %s", shortened(unit));
        }
        if (count * factor >= MAX_BYTES) {
            throw fault("too large: %s", shortened(text));
        }
        return Math.floor(count * factor);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    private static Fault fault(String format, String value) {
        return new Fault(FaultKind.EXECUTION, format.formatted(value));
    }
}
