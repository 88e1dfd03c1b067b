package io.lambdascope.exec.logs.template;

import io.lambdascope.exec.logs.template.Function.Arguments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// Functions over times. Local time is UTC.
final class TimeFunctions {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private TimeFunctions() {}

    static void addTo(Map<String, Function> functions, InstantSource clock) {
        functions.put("now", Function.of(0, _ -> now(clock)));
        functions.put("date", Function.of(2, of -> date(of, clock)));
        functions.put("toDate", Function.of(2, of -> parsed(of.text(0), of.text(1), UTC)));
        functions.put("toDateInZone", Function.of(3, of -> parsed(of.text(0), of.text(2), zone(of.text(1)))));
        functions.put("unixEpoch", Function.of(1, of -> Long.toString(seconds(of))));
        functions.put(
                "unixEpochMillis",
                Function.of(1, of -> Long.toString(instant(of).toEpochMilli())));
        functions.put(
                "unixEpochNanos",
                Function.of(
                        1,
                        of -> Long.toString(
                                seconds(of) * 1_000_000_000 + instant(of).getNano())));
        functions.put("unixToTime", Function.of(1, of -> fromUnix(of.text(0))));
    }

    private static GoTime now(InstantSource clock) {
        return new GoTime(clock.instant().atZone(UTC));
    }

    private static Instant instant(Arguments of) throws TemplateException {
        return of.time(0).at().toInstant();
    }

    private static long seconds(Arguments of) throws TemplateException {
        return instant(of).getEpochSecond();
    }

    /// What is no time and no number of seconds is the present.
    private static String date(Arguments of, InstantSource clock) throws TemplateException {
        GoTime time = switch (of.get(1)) {
            case GoTime given -> given;
            case Long seconds when Math.abs(seconds) < Instant.MAX.getEpochSecond() -> GoTime.ofSeconds(seconds, 0);
            case null, default -> now(clock);
        };
        return GoLayout.format(of.text(0), time.at().withZoneSameInstant(UTC));
    }

    private static GoTime parsed(String layout, String text, ZoneId zone) {
        return GoTimeReader.parse(layout, text, zone).orElse(GoTime.ZERO);
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() || name.equals("Local") ? UTC : ZoneId.of(name);
        } catch (DateTimeException _) {
            return UTC;
        }
    }

    /// The unit follows from how long the number is.
    private static GoTime fromUnix(String text) throws TemplateException {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new TemplateException("unable to parse time '%s'".formatted(text));
        }
        return switch (text.length()) {
            case 5 -> GoTime.ofSeconds(number * 86_400, 0);
            case 10 -> GoTime.ofSeconds(number, 0);
            case 13 -> GoTime.ofSeconds(Math.floorDiv(number, 1_000L), Math.floorMod(number, 1_000L) * 1_000_000);
            case 16 -> GoTime.ofSeconds(Math.floorDiv(number, 1_000_000L), Math.floorMod(number, 1_000_000L) * 1_000);
            case 19 -> GoTime.ofNanos(number);
            default -> throw new TemplateException("unable to parse time '%s'".formatted(text));
        };
    }
}
