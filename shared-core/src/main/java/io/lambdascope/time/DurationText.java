package io.lambdascope.time;

import java.util.OptionalLong;

/// Lengths of time as Prometheus writes them: `1h30m`, units `y w d h m s ms` in this order, each at most once, a day
/// of 24 hours, a week of 7 days, a year of 365 (prometheus/common `model/time.go`).
public final class DurationText {
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
    };

    /// What Prometheus can hold: 2^63 nanoseconds, about 292 years.
    public static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

    private DurationText() {}

    /// Milliseconds, or empty if `text` is no duration or one of more than [#MAX_MILLIS]. `0` needs no unit.
    public static OptionalLong parseMillis(String text) {
        if (text.equals("0")) {
            return OptionalLong.of(0);
        }
        long total = 0;
        int at = 0;
        int nextUnit = 0;
        while (at < text.length()) {
            int digits = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == digits || at - digits > 18) {
                return OptionalLong.empty();
            }
            long count = Long.parseLong(text, digits, at, 10);
            int unitStart = at;
            while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                at++;
            }
            int unit = unitAt(text.substring(unitStart, at), nextUnit);
            if (unit < 0 || count > MAX_MILLIS / MILLIS[unit]) {
                return OptionalLong.empty();
            }
            nextUnit = unit + 1;
            total += count * MILLIS[unit];
            if (total > MAX_MILLIS) {
                return OptionalLong.empty();
            }
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(total);
    }

    private static int unitAt(String name, int from) {
        for (int unit = from; unit < UNITS.length; unit++) {
            if (UNITS[unit].equals(name)) {
                return unit;
            }
        }
        return -1;
    }

    /// The shortest text that [#parseMillis] reads back; years and weeks only where nothing is left over. A negative
    /// length gets a sign before it.
    public static String print(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        long rest = millis;
        if (millis < 0) {
            out.append('-');
            rest = -millis;
        }
        for (int unit = 0; unit < UNITS.length; unit++) {
            boolean onlyIfExact = unit < 2;
            long count = rest / MILLIS[unit];
            if (count > 0 && (!onlyIfExact || rest % MILLIS[unit] == 0)) {
                out.append(count).append(UNITS[unit]);
                rest -= count * MILLIS[unit];
            }
        }
        return out.toString();
    }
}
