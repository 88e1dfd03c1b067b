package io.lambdascope.time;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as Go writes them: `1h15m30.5s`, units `h m s ms us µs ns` in any order, fractions, a sign before
/// the
/// whole (Go's `time.ParseDuration`, `Duration.String`).
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)");
    private static final int MAX_LENGTH = 200;

    private GoDuration() {}

    /// Nanoseconds, or empty if `text` is no duration or one that does not fit. `0` needs no unit.
    public static OptionalLong parseNanos(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        boolean negative = text.charAt(0) == '-';
        String unsigned = negative || text.charAt(0) == '+' ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return OptionalLong.of(0);
        }
        BigDecimal total = BigDecimal.ZERO;
        Matcher part = PART.matcher(unsigned);
        int end = 0;
        while (end < unsigned.length()) {
            if (!part.find(end) || part.start() != end) {
                return OptionalLong.empty();
            }
            String whole = part.group(1);
            String fraction = part.group(2) == null ? "" : part.group(2);
            if (whole.isEmpty() && fraction.isEmpty()) {
                return OptionalLong.empty();
            }
            BigDecimal count = new BigDecimal("0" + whole + "." + fraction + "0");
            // each part is cut to whole nanoseconds by itself
            total = total.add(new BigDecimal(
                    count.multiply(BigDecimal.valueOf(nanosOf(part.group(3)))).toBigInteger()));
            end = part.end();
        }
        BigDecimal signed = negative ? total.negate() : total;
        return end > 0 && signed.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                ? OptionalLong.of(signed.longValueExact())
                : OptionalLong.empty();
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    /// As Go prints it: `1h0m0.5s`, `1.5ms`, `0s`.
    public static String print(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal rest = BigDecimal.valueOf(nanos).abs();
        if (rest.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            long below = rest.longValueExact();
            return sign
                    + (below < 1_000
                            ? below + "ns"
                            : below < 1_000_000
                                    ? plain(rest.movePointLeft(3)) + "µs"
                                    : plain(rest.movePointLeft(6)) + "ms");
        }
        BigDecimal seconds = rest.movePointLeft(9);
        long minutes = seconds.longValue() / 60;
        String text = plain(seconds.subtract(BigDecimal.valueOf(60 * minutes))) + "s";
        if (minutes > 0) {
            text = minutes % 60 + "m" + text;
        }
        if (minutes >= 60) {
            text = minutes / 60 + "h" + text;
        }
        return sign + text;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
