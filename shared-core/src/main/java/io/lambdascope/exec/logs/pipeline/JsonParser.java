package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.pipeline.FieldNames.Field;
import io.lambdascope.model.logs.JsonText;
import io.lambdascope.model.logs.JsonText.Kind;
import org.jspecify.annotations.Nullable;

/// `json`: every field of the line's object becomes a label, those of objects inside joined with underscores;
/// arrays and nulls do not. What stands before a defect stays.
final class JsonParser implements LineStage {
    static final String ERROR = "JSONParserErr";

    /// Objects nested deeper are left out.
    private static final int MAX_NESTING = 100;

    /// What the walk over an object came to.
    private static final int ENOUGH = -2;

    private static final int BROKEN = -1;

    private final Needs needs;
    private final FieldNames fields;
    private final Wanted wanted;
    private String problem = "";

    JsonParser(LineLabels labels, Needs needs) {
        this.needs = needs;
        this.fields = new FieldNames(labels, needs);
        this.wanted = new Wanted(labels, needs);
    }

    @Override
    public boolean process(Line line) {
        if (needs.isEmpty()) {
            return true;
        }
        wanted.startLine();
        byte[] bytes = line.bytes();
        int at = JsonText.skipSpace(bytes, line.from(), line.to());
        problem = JsonText.BAD_OBJECT;
        boolean isObject = at < line.to() && bytes[at] == '{';
        if (!isObject || object(line, fields.root(), at + 1, line.to(), 0) == BROKEN) {
            line.labelling().fail(ERROR, problem);
        }
        return true;
    }

    /// Walks over an object whose text begins at `from`. Gives where it ends, ENOUGH if nothing else is wanted,
    /// or BROKEN.
    private int object(Line line, Field parent, int from, int to, int nesting) {
        byte[] bytes = line.bytes();
        int at = JsonText.skipSpace(bytes, from, to);
        while (at < to) {
            if (bytes[at] == '}') {
                return at + 1;
            }
            if (bytes[at] != '"') {
                return broken(JsonText.BAD_OBJECT);
            }
            int keyEnd = JsonText.stringEnd(bytes, at + 1, to);
            int colon = keyEnd < 0 ? to : JsonText.skipSpace(bytes, keyEnd + 1, to);
            if (colon == to || bytes[colon] != ':') {
                return broken(JsonText.BAD_JSON);
            }
            int value = JsonText.skipSpace(bytes, colon + 1, to);
            if (value == to) {
                return broken(JsonText.BAD_JSON);
            }
            Field field = field(parent, bytes, at + 1, keyEnd);
            if (field == null) {
                return broken(JsonText.BAD_ESCAPE);
            }
            int end = value(line, field, value, to, nesting);
            if (end < 0) {
                return end;
            }
            at = JsonText.skipSpace(bytes, end, to);
            if (at < to && bytes[at] == ',') {
                at = JsonText.skipSpace(bytes, at + 1, to);
            } else if (at < to && bytes[at] != '}') {
                return broken(JsonText.BAD_OBJECT);
            }
        }
        return broken(JsonText.BAD_ARRAY);
    }

    private int broken(String problem) {
        this.problem = problem;
        return BROKEN;
    }

    private @Nullable Field field(Field parent, byte[] bytes, int from, int to) {
        if (!JsonText.hasEscape(bytes, from, to)) {
            return fields.within(parent, bytes, from, to);
        }
        byte[] unescaped = JsonText.unescaped(bytes, from, to);
        return unescaped == null ? null : fields.within(parent, unescaped, 0, unescaped.length);
    }

    private int value(Line line, Field field, int from, int to, int nesting) {
        byte[] bytes = line.bytes();
        Kind kind = JsonText.kindOf(bytes, from, to);
        int end = JsonText.valueEnd(kind, bytes, from, to);
        if (end < 0) {
            return broken(JsonText.problemOf(kind));
        }
        boolean named = nesting > 0 || field.hasName();
        switch (kind) {
            case STRING -> {
                if (named && field.mayBeOfUse()) {
                    file(field, line.texts().ofJson(bytes, from + 1, end - 1));
                }
            }
            case NUMBER, BOOLEAN -> {
                if (named && field.mayBeOfUse()) {
                    file(field, line.texts().of(bytes, from, end));
                }
            }
            case OBJECT -> {
                if (field.mayHoldUseful() && nesting < MAX_NESTING) {
                    int inside = object(line, field, from + 1, end, nesting + 1);
                    if (inside < 0) {
                        return inside;
                    }
                }
            }
            case ARRAY, NULL, UNKNOWN -> {}
        }
        return wanted.isFound() ? ENOUGH : end;
    }

    private void file(Field field, String value) {
        if (fields.file(field, value)) {
            wanted.found();
        }
    }
}
