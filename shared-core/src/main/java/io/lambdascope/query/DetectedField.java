package io.lambdascope.query;

import java.util.List;
import java.util.Locale;

/// A field of lines.
///
/// @param name as a label
/// @param type what all its values are
/// @param values those that it has, sorted
/// @param parsers the stages that find it, as in `json`; empty if it is structured metadata
/// @param jsonPath the names by which it is found in JSON, from the outside; empty if it is none
public record DetectedField(String name, Type type, List<String> values, List<String> parsers, List<String> jsonPath) {
    public DetectedField {
        values = List.copyOf(values);
        parsers = List.copyOf(parsers);
        jsonPath = List.copyOf(jsonPath);
    }

    /// What values can be read as.
    public enum Type {
        BOOLEAN,
        INT,
        FLOAT,
        DURATION,
        BYTES,
        STRING;

        /// As Loki calls it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
