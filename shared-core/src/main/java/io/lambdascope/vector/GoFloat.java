package io.lambdascope.vector;

import io.lambdascope.labels.LabelText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// Numbers as Go prints them, where Prometheus puts them into labels and messages.
public final class GoFloat {
    private GoFloat() {}

    /// `%v`/`%g`: the shortest decimal that reads back the same, with an exponent below 1e-4 and from 1e6 on.
    public static String general(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return out.append(size < 10 ? "0" : "").append(size).toString();
    }

    /// Reads what [#general] has written.
    static double parse(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /// `%f` with as many digits as it takes and no exponent, as `count_values` writes values.
    public static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return general(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /// As OpenMetrics writes a bound or a quantile: always with a point or an exponent.
    public static String openMetrics(double value) {
        if (value == 1) {
            return "1.0";
        }
        if (value == 0) {
            return "0.0";
        }
        if (value == -1) {
            return "-1.0";
        }
        String text = general(value);
        boolean number = !Double.isNaN(value) && !Double.isInfinite(value);
        return number && text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
    }

    static String quote(String text) {
        return LabelText.quote(text);
    }

    static String rfc3339(long millis) {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS));
    }
}
