package io.lambdascope.api.loki;

import io.lambdascope.time.DurationText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/// Moments and lengths of time as parameters of Loki's API carry them.
final class LokiTimes {
    private static final int MAX_LENGTH = 100;

    /// Whole numbers of so many characters are seconds, longer ones nanoseconds.
    private static final int SECONDS_LENGTH = 10;

    /// What is farther away is brought here, to the year 2116 or 1823: far enough that no data lies beyond, near enough
    /// that the distance of two moments can be said.
    static final long FARTHEST_NANOS = Long.MAX_VALUE / 2;

    private static final BigDecimal FARTHEST = BigDecimal.valueOf(FARTHEST_NANOS);
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private LokiTimes() {}

    /// A moment: whole seconds or nanoseconds since the Unix epoch, seconds with a fraction, which counts to the
    /// millisecond, or RFC 3339. Nanoseconds; empty if it is none.
    static OptionalLong nanos(String text) {
        if (text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        if (isDecimal(text)) {
            BigDecimal number = new BigDecimal(text);
            boolean fraction = text.indexOf('.') >= 0;
            BigDecimal nanos = fraction
                    ? number.setScale(3, RoundingMode.HALF_UP).multiply(NANOS_PER_SECOND)
                    : text.length() <= SECONDS_LENGTH ? number.multiply(NANOS_PER_SECOND) : number;
            return OptionalLong.of(near(nanos));
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond());
            return OptionalLong.of(near(seconds.multiply(NANOS_PER_SECOND).add(BigDecimal.valueOf(instant.getNano()))));
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    /// A length: seconds, with a fraction, or as in `1h30m`. Nanoseconds; empty if it is none or too long.
    static OptionalLong lengthNanos(String text) {
        if (text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        if (isDecimal(text)) {
            BigDecimal nanos = new BigDecimal(text).multiply(NANOS_PER_SECOND);
            return nanos.abs().compareTo(FARTHEST) <= 0 ? OptionalLong.of(nanos.longValue()) : OptionalLong.empty();
        }
        OptionalLong millis = DurationText.parseMillis(text);
        return millis.isEmpty() || millis.getAsLong() > FARTHEST_NANOS / 1_000_000
                ? OptionalLong.empty()
                : OptionalLong.of(millis.getAsLong() * 1_000_000);
    }

    private static boolean isDecimal(String text) {
        return text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
    }

    private static long near(BigDecimal nanos) {
        return nanos.min(FARTHEST).max(FARTHEST.negate()).longValue();
    }
}
