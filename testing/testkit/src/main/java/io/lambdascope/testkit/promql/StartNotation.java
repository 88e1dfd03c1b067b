package io.lambdascope.testkit.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The items of an `@st` line: start timestamps relative to the samples of the line below it.
final class StartNotation {
    private static final String DURATION = "[0-9]+(?:ms|s|m|h|d|w|y)?";
    private static final Pattern ITEM =
            Pattern.compile("(_|[+-]?" + DURATION + ")(?:([+-]" + DURATION + "))?(?:x([0-9]{1,6}))?");

    private StartNotation() {}

    /// Offset of each position in milliseconds, empty where nothing is said.
    static List<OptionalLong> parse(String items) {
        List<OptionalLong> offsets = new ArrayList<>();
        for (String text : items.trim().split("[ \t]+")) {
            Matcher item = ITEM.matcher(text);
            if (!item.matches() || item.group(2) != null && item.group(3) == null) {
                throw new ScriptException("\"%s\" is no start timestamp, as -30s or -30s-1mx4 are".formatted(text));
            }
            int times = item.group(3) == null ? 0 : Integer.parseInt(item.group(3));
            if (item.group(1).equals("_")) {
                for (int i = 0; i < Math.max(times, item.group(3) == null ? 1 : 0); i++) {
                    offsets.add(OptionalLong.empty());
                }
                continue;
            }
            long offset = ScriptDuration.parseSigned(item.group(1));
            long change = item.group(2) == null ? 0 : ScriptDuration.parseSigned(item.group(2));
            for (int i = 0; i <= times; i++) {
                offsets.add(OptionalLong.of(offset));
                offset += change;
            }
        }
        return offsets;
    }
}
