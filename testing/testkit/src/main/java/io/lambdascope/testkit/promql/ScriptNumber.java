package io.lambdascope.testkit.promql;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Numbers as scripts write them: `5`, `-2.5`, `1e3`, `NaN`, `+Inf`; the words in any case.
final class ScriptNumber {
    /// A number as part of a larger pattern, without groups that capture.
    static final String PATTERN = "[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|nan))";

    private static final Pattern NUMBER = Pattern.compile(PATTERN);
    private static final Pattern HEXADECIMAL = Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]{1,15})");

    private ScriptNumber() {}

    static double parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new ScriptException("\"%s\" is no number".formatted(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith("inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.endsWith("nan") ? Double.NaN : Double.parseDouble(text);
    }

    /// A line that is just a number, hexadecimal ones included; empty if it is none.
    static OptionalDouble parseLine(String line) {
        if (NUMBER.matcher(line).matches()) {
            return OptionalDouble.of(parse(line));
        }
        var hexadecimal = HEXADECIMAL.matcher(line);
        if (!hexadecimal.matches()) {
            return OptionalDouble.empty();
        }
        double magnitude = Long.parseLong(hexadecimal.group(2), 16);
        return OptionalDouble.of(hexadecimal.group(1).equals("-") ? -magnitude : magnitude);
    }
}
