package io.lambdascope.testkit.promql;

import java.util.List;

/// Durations as scripts write them: `1m30s`, `59999ms`, `0`; units `y w d h m s ms`, largest first.
final class ScriptDuration {
    private record Unit(String text, long millis) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("y", 365L * 86_400_000),
            new Unit("w", 7L * 86_400_000),
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1000),
            new Unit("ms", 1));

    private ScriptDuration() {}

    /// Milliseconds of a duration without a sign.
    static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        long millis = 0;
        int nextUnit = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            int letters = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            int unit = unitFrom(nextUnit, text.substring(letters, at));
            if (unit < 0 || digits == letters || letters - digits > 15) {
                throw new ScriptException("\"%s\" is no duration, as 1m30s is".formatted(text));
            }
            millis += Long.parseLong(text.substring(digits, letters)) * UNITS.get(unit).millis;
            nextUnit = unit + 1;
        }
        if (text.isEmpty()) {
            throw new ScriptException("a duration is missing, as in 1m30s");
        }
        return millis;
    }

    /// Milliseconds of a duration that may carry a sign.
    static long parseSigned(String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '-' -> -parse(text.substring(1));
            case '+' -> parse(text.substring(1));
            default -> parse(text);
        };
    }

    private static int unitFrom(int first, String text) {
        for (int i = first; i < UNITS.size(); i++) {
            if (UNITS.get(i).text.equals(text)) {
                return i;
            }
        }
        return -1;
    }
}
