package io.lambdascope.query;

import io.lambdascope.query.DetectedField.Type;
import io.lambdascope.time.GoDuration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The values of one field, as they are found.
final class FieldTally {
    private static final Pattern INT = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?|[+-]?[Ii]nf|NaN");
    private static final Pattern BYTES = Pattern.compile("\\d+(\\.\\d+)? ?([kKMGTPE]i?B?|B)");
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private final SortedSet<String> values = new TreeSet<>();
    private final SortedSet<String> parsers = new TreeSet<>();
    private List<String> jsonPath = List.of();

    void add(String value) {
        values.add(value);
    }

    /// @param parser a stage that finds it
    void foundBy(String parser) {
        parsers.add(parser);
    }

    boolean isFoundBy(String parser) {
        return parsers.contains(parser);
    }

    /// @param path as [DetectedField#jsonPath]
    void setJsonPath(List<String> path) {
        jsonPath = path;
    }

    DetectedField field(String name) {
        return new DetectedField(name, type(), List.copyOf(values), List.copyOf(parsers), jsonPath);
    }

    /// What all values are; integers and other numbers together are numbers.
    private Type type() {
        Type type = null;
        for (String value : values) {
            Type one = typeOf(value);
            if (type == null || type == one) {
                type = one;
            } else if (isNumber(type) && isNumber(one)) {
                type = Type.FLOAT;
            } else {
                return Type.STRING;
            }
        }
        return type == null ? Type.STRING : type;
    }

    private static boolean isNumber(Type type) {
        return type == Type.INT || type == Type.FLOAT;
    }

    private static Type typeOf(String value) {
        if (INT.matcher(value).matches()) {
            return Type.INT;
        }
        if (FLOAT.matcher(value).matches()) {
            return Type.FLOAT;
        }
        if (BOOLEANS.contains(value)) {
            return Type.BOOLEAN;
        }
        if (GoDuration.parseNanos(value).isPresent()) {
            return Type.DURATION;
        }
        return BYTES.matcher(value).matches() ? Type.BYTES : Type.STRING;
    }
}
