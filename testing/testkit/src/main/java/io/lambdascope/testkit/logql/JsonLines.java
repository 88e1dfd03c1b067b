package io.lambdascope.testkit.logql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file with one JSON object a line.
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLines() {}

    static List<Map<String, @Nullable Object>> read(Path file) {
        try {
            List<Map<String, @Nullable Object>> objects = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                try (JsonParser parser = JSON.createParser(line)) {
                    parser.nextToken();
                    objects.add(object(parser));
                }
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    static String text(Map<String, @Nullable Object> object, String field) {
        Object value = object.get(field);
        if (value == null) {
            throw new IllegalArgumentException("\"%s\" is missing in %s".formatted(field, object));
        }
        return value.toString();
    }

    static boolean flag(Map<String, @Nullable Object> object, String field) {
        return Boolean.TRUE.equals(object.get(field));
    }

    /// An object inside, empty where there is none.
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, String field) {
        Object value = object.get(field);
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    /// An object inside whose values are texts.
    static Map<String, String> texts(Map<String, @Nullable Object> object, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(object, field).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
