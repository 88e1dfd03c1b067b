package io.lambdascope.ql.logql;

import io.lambdascope.time.DurationText;
import io.lambdascope.time.GoDuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with units as LogQL's text has them.
final class LogMeasures {
    /// What begins as `0B` would in Go be a number of another base, and is none.
    private static final Pattern SIZE = Pattern.compile("(?!0[B])([0-9]*\\.?[0-9]+)(?:([kKMGTP])(i?))?B?");
    private static final int MAX_LENGTH = 60;

    private LogMeasures() {}

    /// The length of a range, `[5m]`, which only Prometheus' form can say.
    static OptionalLong rangeNanos(String bracketed) {
        String inside = bracketed.substring(1, bracketed.length() - 1);
        OptionalLong millis = DurationText.parseMillis(inside);
        return inside.equals("0") || millis.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(millis.getAsLong() * 1_000_000);
    }

    /// A length of time, in Prometheus' form (`1d12h`) or Go's (`1.5h`).
    static OptionalLong durationNanos(String text) {
        OptionalLong millis = DurationText.parseMillis(text);
        return millis.isPresent() ? OptionalLong.of(millis.getAsLong() * 1_000_000) : GoDuration.parseNanos(text);
    }

    /// A size: `10KB` is 10,000 bytes, `10KiB` is 10,240.
    static OptionalLong bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (text.length() > MAX_LENGTH || !size.matches()) {
            return OptionalLong.empty();
        }
        int power = size.group(2) == null ? 0 : "kMGTP".indexOf(size.group(2).replace('K', 'k')) + 1;
        long base = "i".equals(size.group(3)) ? 1024 : 1000;
        BigDecimal bytes =
                new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(base).pow(power));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
