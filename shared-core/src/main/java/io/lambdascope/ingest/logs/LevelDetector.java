package io.lambdascope.ingest.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.JsonText;
import io.lambdascope.model.logs.JsonText.Kind;
import io.lambdascope.model.logs.LogfmtReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds how serious an entry is: what its labels say, what its structured metadata says, what its line says, as
/// a field of JSON or logfmt or as a word. For one thread.
public final class LevelDetector {
    /// The structured metadata that holds what was found.
    public static final String LABEL = "detected_level";

    public static final String UNKNOWN = "unknown";

    private static final String SEVERITY_NUMBER = "severity_number";

    /// Labels that name a level, the most trusted first. As keys of lines they may be written in any case.
    private static final List<String> NAMES = List.of(
            "level",
            "LEVEL",
            "Level",
            "log.level",
            "severity",
            "SEVERITY",
            "Severity",
            "SeverityText",
            "lvl",
            "LVL",
            "Lvl",
            "severity_text",
            "Severity_Text",
            "SEVERITY_TEXT");

    private static final List<byte[]> KEYS = NAMES.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    /// What a value says, in lower case.
    private static final Map<String, String> LEVELS = Map.ofEntries(
            Map.entry("trace", "trace"),
            Map.entry("trc", "trace"),
            Map.entry("debug", "debug"),
            Map.entry("dbg", "debug"),
            Map.entry("info", "info"),
            Map.entry("inf", "info"),
            Map.entry("information", "info"),
            Map.entry("warn", "warn"),
            Map.entry("wrn", "warn"),
            Map.entry("warning", "warn"),
            Map.entry("error", "error"),
            Map.entry("err", "error"),
            Map.entry("critical", "critical"),
            Map.entry("fatal", "fatal"));

    private static final int LONGEST_LEVEL = "information".length();

    /// What a line says by a word that stands in it, with what it means; none that another begins with after it.
    private static final List<Word> WORDS = List.of(
            new Word("trace", "trace"),
            new Word("debug", "debug"),
            new Word("fatal", "fatal"),
            new Word("critical", "critical"),
            new Word("error", "error"),
            new Word("err", "error"),
            new Word("warning", "warn"),
            new Word("warn", "warn"),
            new Word("info", "info"));

    private static final int MAX_DEPTH = 2;

    private record Word(byte[] text, String level) {
        Word(String text, String level) {
            this(text.getBytes(StandardCharsets.US_ASCII), level);
        }
    }

    private final LogfmtReader logfmt = new LogfmtReader();
    private int bestKey;
    private @Nullable String best;

    /// The level of an entry.
    ///
    /// @param metadata the value of a key of its structured metadata, null or empty where it has none
    /// @param bytes the line is `bytes[from, to)`
    public String detect(Labels stream, UnaryOperator<@Nullable String> metadata, byte[] bytes, int from, int to) {
        String given = metadata.apply(LABEL);
        if (given != null && !given.isEmpty()) {
            return normalized(given);
        }
        String level = named(name -> stream.get(name));
        if (level == null) {
            level = named(metadata);
        }
        if (level != null) {
            return normalized(level);
        }
        String number = metadata.apply(SEVERITY_NUMBER);
        return number != null && !number.isEmpty() ? ofSeverityNumber(number) : ofLine(bytes, from, to);
    }

    private static @Nullable String named(UnaryOperator<@Nullable String> valueOf) {
        for (String name : NAMES) {
            String value = valueOf.apply(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /// `value` as the other levels are written; a word that is not known stays as it is.
    public static String normalized(String value) {
        return value.length() > LONGEST_LEVEL ? value : LEVELS.getOrDefault(value.toLowerCase(Locale.ROOT), value);
    }

    /// OpenTelemetry's numbers: four to a level, from 1 on.
    private static String ofSeverityNumber(String text) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return "info";
        }
        if (number == 0 || number > 24) {
            return UNKNOWN;
        }
        return List.of("trace", "debug", "info", "warn", "error", "fatal").get(Math.max(0, (number - 1) / 4));
    }

    /// The level that a line alone tells.
    public String ofLine(byte[] bytes, int from, int to) {
        bestKey = KEYS.size();
        best = null;
        int first = JsonText.skipSpace(bytes, from, to);
        if (first < to && bytes[first] == '{' && lastIs('}', bytes, from, to)) {
            object(bytes, first + 1, to, 1);
        } else if (has('=', bytes, from, to)) {
            pairs(bytes, from, to);
        }
        return best == null ? ofWords(bytes, from, to) : best;
    }

    private static boolean lastIs(char wanted, byte[] bytes, int from, int to) {
        int last = to - 1;
        while (last >= from && bytes[last] >= 0 && bytes[last] <= ' ') {
            last--;
        }
        return last >= from && bytes[last] == wanted;
    }

    private static boolean has(char wanted, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// Looks through the fields of a JSON object; false if the rest need not be looked at.
    private boolean object(byte[] bytes, int from, int to, int depth) {
        int at = JsonText.skipSpace(bytes, from, to);
        while (at < to && bytes[at] == '"') {
            int keyEnd = JsonText.stringEnd(bytes, at + 1, to);
            int colon = keyEnd < 0 ? to : JsonText.skipSpace(bytes, keyEnd + 1, to);
            int value = colon == to ? to : JsonText.skipSpace(bytes, colon + 1, to);
            if (value == to || bytes[colon] != ':') {
                return false;
            }
            Kind kind = JsonText.kindOf(bytes, value, to);
            int end = JsonText.valueEnd(kind, bytes, value, to);
            if (end < 0) {
                return false;
            }
            if (kind == Kind.STRING) {
                take(bytes, at + 1, keyEnd, value + 1, end - 1);
            }
            if (bestKey == 0 || kind == Kind.OBJECT && depth < MAX_DEPTH && !object(bytes, value + 1, end, depth + 1)) {
                return false;
            }
            at = JsonText.skipSpace(bytes, end, to);
            if (at < to && bytes[at] == ',') {
                at = JsonText.skipSpace(bytes, at + 1, to);
            }
        }
        return true;
    }

    private void pairs(byte[] bytes, int from, int to) {
        logfmt.start(bytes, from, to);
        while (bestKey > 0 && logfmt.next() && !logfmt.isBroken()) {
            take(bytes, logfmt.keyFrom(), logfmt.keyTo(), logfmt.valueFrom(), logfmt.valueTo());
        }
    }

    /// Takes a field for the level if its key is more trusted than what was found so far.
    private void take(byte[] bytes, int keyFrom, int keyTo, int valueFrom, int valueTo) {
        for (int i = 0; i < bestKey; i++) {
            byte[] key = KEYS.get(i);
            if (key.length == keyTo - keyFrom && stands(key, bytes, keyFrom, keyTo)) {
                bestKey = i;
                best = valueTo - valueFrom > LONGEST_LEVEL
                        ? null
                        : LEVELS.get(new String(bytes, valueFrom, valueTo - valueFrom, StandardCharsets.ISO_8859_1)
                                .toLowerCase(Locale.ROOT));
                return;
            }
        }
    }

    private static String ofWords(byte[] bytes, int from, int to) {
        boolean inWord = false;
        for (int at = from; at < to; at++) {
            boolean isWord = isWord(bytes[at]);
            if (isWord && !inWord) {
                switch (bytes[at] | 0x20) {
                    case 't', 'd', 'f', 'c', 'e', 'w', 'i' -> {
                        for (Word word : WORDS) {
                            int end = at + word.text.length;
                            if (stands(word.text, bytes, at, to) && (end == to || !isWord(bytes[end]))) {
                                return word.level;
                            }
                        }
                    }
                    default -> {}
                }
            }
            inWord = isWord;
        }
        return UNKNOWN;
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    /// Whether `text`, in lower case, begins `bytes[from, to)` in any case.
    private static boolean stands(byte[] text, byte[] bytes, int from, int to) {
        if (text.length > to - from) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
