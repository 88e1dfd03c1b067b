package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.exec.logs.pipeline.FieldNames.Field;
import io.lambdascope.model.logs.JsonText;
import io.lambdascope.model.logs.JsonText.Kind;
import java.util.ArrayList;
import java.util.List;

/// `unpack`: undoes what the agent's `pack` stage did. The strings of the line's object become labels and the one
/// called `_entry` the line; without it nothing happens.
final class UnpackParser implements LineStage {
    private static final String ENTRY = "_entry";

    private final Needs needs;
    private final FieldNames fields;
    private final List<Field> found = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    UnpackParser(LineLabels labels, Needs needs) {
        this.needs = needs;
        this.fields = new FieldNames(labels, needs);
    }

    @Override
    public boolean process(Line line) {
        // a line that other stages read has to be unpacked, even if no label of it is of use
        if (line.isEmpty()) {
            return true;
        }
        if (line.bytes()[line.from()] != '{') {
            fail(line, "expecting json object(6), but it is not");
            return true;
        }
        found.clear();
        values.clear();
        read(line);
        return true;
    }

    private void fail(Line line, String problem) {
        if (!needs.isEmpty()) {
            line.labelling().fail(JsonParser.ERROR, problem);
        }
    }

    private void read(Line line) {
        byte[] bytes = line.bytes();
        int to = line.to();
        String entry = null;
        int at = JsonText.skipSpace(bytes, line.from() + 1, to);
        while (at < to && bytes[at] == '"') {
            int keyEnd = JsonText.stringEnd(bytes, at + 1, to);
            int colon = keyEnd < 0 ? to : JsonText.skipSpace(bytes, keyEnd + 1, to);
            int value = colon == to ? to : JsonText.skipSpace(bytes, colon + 1, to);
            if (value == to || bytes[colon] != ':') {
                fail(line, JsonText.BAD_JSON);
                return;
            }
            Kind kind = JsonText.kindOf(bytes, value, to);
            int end = JsonText.valueEnd(kind, bytes, value, to);
            if (end < 0) {
                fail(line, JsonText.problemOf(kind));
                return;
            }
            if (kind == Kind.STRING) {
                String key = line.texts().ofJson(bytes, at + 1, keyEnd);
                String text = line.texts().ofJson(bytes, value + 1, end - 1);
                if (key.equals(ENTRY)) {
                    entry = text;
                } else if (!key.isBlank()) {
                    found.add(fields.within(fields.root(), bytes, at + 1, keyEnd));
                    values.add(text);
                }
            }
            at = JsonText.skipSpace(bytes, end, to);
            if (at < to && bytes[at] == ',') {
                at = JsonText.skipSpace(bytes, at + 1, to);
            }
        }
        if (at == to || bytes[at] != '}') {
            fail(line, JsonText.BAD_OBJECT);
            return;
        }
        if (entry != null) {
            for (int i = 0; i < found.size(); i++) {
                fields.file(found.get(i), values.get(i));
            }
            line.setText(entry);
        }
    }
}
