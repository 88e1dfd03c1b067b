package io.lambdascope.api.prometheus;

import io.lambdascope.time.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/// Moments and lengths of time as parameters carry them.
final class PrometheusTimes {
    /// What is farther away is brought here: far enough that no data lies beyond, near enough to be added to.
    private static final long FARTHEST_MILLIS = Long.MAX_VALUE / 1024;

    private static final int MAX_LENGTH = 100;

    private PrometheusTimes() {}

    /// A moment: seconds since the Unix epoch, with a fraction, or RFC 3339. Rounded to milliseconds; empty if it is
    /// none. However far away, a number is a moment: Grafana sends milliseconds where seconds are meant.
    static OptionalLong timeMillis(String text) {
        if (text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        if (isNumber(text)) {
            return OptionalLong.of(near(Double.parseDouble(text) * 1000));
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return OptionalLong.of(Math.clamp(instant.toEpochMilli(), -FARTHEST_MILLIS, FARTHEST_MILLIS));
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /// A length: seconds, with a fraction, or as in `1h30m`. Whole milliseconds; empty if it is none or too long.
    static OptionalLong durationMillis(String text) {
        if (text.length() > MAX_LENGTH) {
            return OptionalLong.empty();
        }
        if (isNumber(text)) {
            double millis = Double.parseDouble(text) * 1000;
            return Math.abs(millis) <= DurationText.MAX_MILLIS
                    ? OptionalLong.of(Math.round(millis))
                    : OptionalLong.empty();
        }
        return DurationText.parseMillis(text);
    }

    private static long near(double millis) {
        return Math.clamp(Math.round(millis), -FARTHEST_MILLIS, FARTHEST_MILLIS);
    }

    /// Whether `text` is a decimal number: no NaN, no infinity, none of the suffixes that Java knows.
    private static boolean isNumber(String text) {
        return text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    }
}
