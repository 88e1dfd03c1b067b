package io.lambdascope.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/// The fields of lines that are JSON, by the labels that LogQL's `json` makes of them.
final class JsonPaths {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonPaths() {}

    /// Passes on the label of every field that is no object, array or null, with the names that lead to it from the
    /// outside. Of a line that is broken, the fields before the defect.
    static void forEach(String line, BiConsumer<String, List<String>> consumer) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(parser, consumer);
            }
        } catch (IOException _) {
            // what was found before stays
        }
    }

    private static void object(JsonParser parser, BiConsumer<String, List<String>> consumer) throws IOException {
        Deque<String> path = new ArrayDeque<>();
        path.addLast("");
        while (!path.isEmpty()) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case FIELD_NAME -> {
                    path.removeLast();
                    path.addLast(parser.currentName());
                }
                case START_OBJECT -> path.addLast("");
                case END_OBJECT -> path.removeLast();
                case START_ARRAY -> parser.skipChildren();
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                    consumer.accept(label(path), List.copyOf(path));
                case VALUE_NULL, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
                case null -> path.clear();
            }
        }
    }

    private static String label(Deque<String> path) {
        StringBuilder label = new StringBuilder();
        for (String name : path) {
            if (!name.isEmpty()) {
                label.append(label.isEmpty() ? "" : "_").append(name.replaceAll("[^a-zA-Z0-9_]", "_"));
            }
        }
        return label.isEmpty() || !Character.isDigit(label.charAt(0)) ? label.toString() : "_" + label;
    }
}
