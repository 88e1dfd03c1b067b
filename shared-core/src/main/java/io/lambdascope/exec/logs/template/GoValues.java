package io.lambdascope.exec.logs.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values of templates as Go sees them: [String], [Long] for every whole number, [Double], [Boolean], [GoTime],
/// [List] and [Map] of JSON, [LineContext] for the labels, null for nil.
final class GoValues {
    private GoValues() {}

    static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case String _ -> "string";
            case Long _ -> "int";
            case Double _ -> "float64";
            case Boolean _ -> "bool";
            case GoTime _ -> "time.Time";
            case List<?> _ -> "[]interface {}";
            case LineContext _ -> "map[string]string";
            case Map<?, ?> _ -> "map[string]interface {}";
            default -> value.getClass().getSimpleName();
        };
    }

    /// What `if` goes by.
    static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> !text.isEmpty();
            case Long number -> number != 0;
            case Double number -> number != 0;
            case Boolean truth -> truth;
            case List<?> list -> !list.isEmpty();
            case LineContext context -> !context.labels().isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /// As `%v` prints it.
    static String print(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String text -> text;
            case Double number -> GoFloat.print(number);
            case List<?> list -> {
                StringBuilder out = new StringBuilder("[");
                for (Object item : list) {
                    out.append(out.length() > 1 ? " " : "").append(print(item));
                }
                yield out.append(']').toString();
            }
            case LineContext context -> print(context.labels());
            case Map<?, ?> map -> {
                StringBuilder out = new StringBuilder("map[");
                new TreeMap<>(map)
                        .forEach((key, item) -> out.append(out.length() > 4 ? " " : "")
                                .append(key)
                                .append(':')
                                .append(print(item)));
                yield out.append(']').toString();
            }
            default -> value.toString();
        };
    }

    /// How many bytes the text has as UTF-8.
    static long byteLength(String text) {
        return utf8(text).length;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8, int from, int to) {
        return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }
}
