package io.lambdascope.labels;

import java.util.StringJoiner;

/// How labels and strings are written in PromQL.
public final class LabelText {
    private LabelText() {}

    static String print(Labels labels) {
        String metricName = labels.metricName();
        boolean plainMetric = isPlainMetricName(metricName);
        StringJoiner body = new StringJoiner(", ", "{", "}");
        if (!metricName.isEmpty() && !plainMetric) {
            body.add(quote(metricName));
        }
        labels.forEach((name, value) -> {
            if (!name.equals(Labels.NAME)) {
                body.add((isPlainLabelName(name) ? name : quote(name)) + "=" + quote(value));
            }
        });
        String inside = body.toString();
        if (!plainMetric) {
            return inside;
        }
        return inside.equals("{}") ? metricName : metricName + inside;
    }

    /// Whether `name` may stand before the brace of a selector as it is: `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    public static boolean isPlainMetricName(String name) {
        return isIdentifier(name, true);
    }

    /// Whether `name` may stand as a label name without quotes: `[a-zA-Z_][a-zA-Z0-9_]*`.
    public static boolean isPlainLabelName(String name) {
        return isIdentifier(name, false);
    }

    private static boolean isIdentifier(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// `name` as one that may stand without quotes (prometheus/otlptranslator, `label_namer.go`): what is no letter,
    /// digit or `_` becomes `_`, a digit at the start gets `key_` before it, and a single `_` there gets `key`.
    public static String escapeName(String name) {
        if (name.isEmpty()) {
            return name;
        }
        StringBuilder escaped = new StringBuilder(name.length() + 4);
        name.codePoints().forEach(c -> escaped.append(isPlain(c) ? (char) c : '_'));
        char first = escaped.charAt(0);
        if (first >= '0' && first <= '9') {
            escaped.insert(0, "key_");
        } else if (first == '_' && (escaped.length() == 1 || escaped.charAt(1) != '_')) {
            escaped.insert(0, "key");
        }
        return escaped.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /// Whether a label may have this name: any text but the empty one and one that is not Unicode.
    public static boolean isLabelName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return !name.isEmpty();
    }

    /// Whether the character at `i` stands for a byte that is no UTF-8: U+DC80 to U+DCFF with no partner before it.
    private static boolean isLoneByte(String text, int i) {
        char c = text.charAt(i);
        return c >= 0xDC80 && c <= 0xDCFF && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /// `text` in double quotes, escaped as Go's `strconv.Quote` does for what can stand in a label.
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\x%02x".formatted((int) c));
                    } else if (isLoneByte(text, i)) {
                        out.append("\\x%02x".formatted(c - 0xDC00));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
