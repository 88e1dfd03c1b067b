package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.JsonText;
import io.lambdascope.model.logs.JsonText.Kind;
import io.lambdascope.ql.logql.FieldPath;
import io.lambdascope.ql.logql.FieldPath.Step;
import io.lambdascope.ql.logql.LogExpr.Extraction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `json label="path"`: looks up paths. Objects and arrays are given as they are written; what is null or not
/// there is an empty label.
final class JsonPaths implements LineStage {
    /*
     * The paths form a tree, which is walked together with the line: where both have a field of the same name, down
     * into it. What lies beside the paths is skipped, however broken.
     */
    private static final int MAX_NESTING = 200;

    private final Needs needs;
    private final LineLabels labels;
    private final Node root = new Node();
    private final List<LabelName> targets = new ArrayList<>();
    private int missing;

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if a path is none
    JsonPaths(List<Extraction> extractions, LineLabels labels, Needs needs) {
        this.needs = needs;
        this.labels = labels;
        for (Extraction extraction : extractions) {
            Node node = root;
            for (Step step : FieldPath.parse(extraction.expression()).steps()) {
                node = node.below(step);
            }
            LabelName target = labels.pinned(extraction.label());
            node.targets.add(target);
            targets.add(target);
        }
    }

    /// A place in a document to which at least one path leads.
    private static final class Node {
        final List<LabelName> targets = new ArrayList<>();
        final List<byte[]> names = new ArrayList<>();
        final List<Node> fields = new ArrayList<>();
        final List<Integer> indexes = new ArrayList<>();
        final List<Node> elements = new ArrayList<>();

        Node below(Step step) {
            Node below = new Node();
            switch (step) {
                case Step.Field(String name) -> {
                    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                    Node known = field(utf8, 0, utf8.length);
                    if (known != null) {
                        return known;
                    }
                    names.add(utf8);
                    fields.add(below);
                }
                case Step.Index(int index) -> {
                    int known = indexes.indexOf(index);
                    if (known >= 0) {
                        return elements.get(known);
                    }
                    indexes.add(index);
                    elements.add(below);
                }
            }
            return below;
        }

        @Nullable
        Node field(byte[] bytes, int from, int to) {
            for (int i = 0; i < names.size(); i++) {
                byte[] name = names.get(i);
                if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                    return fields.get(i);
                }
            }
            return null;
        }
    }

    @Override
    public boolean process(Line line) {
        if (line.isEmpty() || needs.isEmpty()) {
            return true;
        }
        byte first = line.bytes()[line.from()];
        if (first != '{' && first != '[' && first != '"') {
            labels.fail(JsonParser.ERROR, "");
            return true;
        }
        missing = targets.size();
        value(line, root, line.from(), line.to(), 0);
        if (missing > 0) {
            for (LabelName target : targets) {
                if (labels.get(target) == null) {
                    labels.set(target, "");
                }
            }
        }
        return true;
    }

    /// Looks at the value that begins at `from`; gives where it ends, or `to` where nothing behind it is of use.
    private int value(Line line, Node node, int from, int to, int nesting) {
        byte[] bytes = line.bytes();
        Kind kind = JsonText.kindOf(bytes, from, to);
        boolean below = kind == Kind.OBJECT && !node.fields.isEmpty() || kind == Kind.ARRAY && !node.elements.isEmpty();
        int end = below && node.targets.isEmpty() ? to : JsonText.valueEnd(kind, bytes, from, to);
        if (!node.targets.isEmpty()) {
            if (end < 0) {
                labels.fail(JsonParser.ERROR, JsonText.problemOf(kind));
                return to;
            }
            file(line, node, kind, from, end);
        }
        if (!below || nesting >= MAX_NESTING) {
            return end < 0 ? to : end;
        }
        return kind == Kind.OBJECT
                ? object(line, node, from + 1, end, nesting + 1)
                : array(line, node, from + 1, end, nesting + 1);
    }

    private void file(Line line, Node node, Kind kind, int from, int end) {
        String text = switch (kind) {
            case STRING -> line.texts().ofJson(line.bytes(), from + 1, end - 1);
            case OBJECT, ARRAY, NUMBER, BOOLEAN -> line.texts().of(line.bytes(), from, end);
            case NULL, UNKNOWN -> "";
        };
        for (LabelName target : node.targets) {
            LabelName name = labels.filedAs(target);
            if (labels.find(name)) {
                labels.set(name, text);
                missing--;
            }
        }
    }

    private int object(Line line, Node node, int from, int to, int nesting) {
        byte[] bytes = line.bytes();
        int at = from;
        while (at < to && missing > 0) {
            byte b = bytes[at];
            if (b == '}') {
                return at + 1;
            }
            if (b == '{' || b == '[') {
                int end = JsonText.blockEnd(bytes, at, to);
                at = end < 0 ? to : end;
                continue;
            }
            if (b != '"') {
                at++;
                continue;
            }
            int keyEnd = JsonText.stringEnd(bytes, at + 1, to);
            if (keyEnd < 0) {
                return to;
            }
            int colon = JsonText.skipSpace(bytes, keyEnd + 1, to);
            if (colon == to || bytes[colon] != ':') {
                at = keyEnd + 1;
                continue;
            }
            int value = JsonText.skipSpace(bytes, colon + 1, to);
            if (value == to) {
                return to;
            }
            Node below = field(node, bytes, at + 1, keyEnd);
            at = below == null ? skipped(bytes, value, to) : value(line, below, value, to, nesting);
        }
        return at;
    }

    private static @Nullable Node field(Node node, byte[] bytes, int from, int to) {
        if (!JsonText.hasEscape(bytes, from, to)) {
            return node.field(bytes, from, to);
        }
        byte[] unescaped = JsonText.unescaped(bytes, from, to);
        return unescaped == null ? null : node.field(unescaped, 0, unescaped.length);
    }

    private static int skipped(byte[] bytes, int from, int to) {
        int end = JsonText.valueEnd(JsonText.kindOf(bytes, from, to), bytes, from, to);
        return end < 0 ? to : end;
    }

    private int array(Line line, Node node, int from, int to, int nesting) {
        byte[] bytes = line.bytes();
        int at = JsonText.skipSpace(bytes, from, to);
        for (int index = 0; at < to && missing > 0 && bytes[at] != ']'; index++) {
            int wanted = node.indexes.indexOf(index);
            at = wanted < 0 ? skipped(bytes, at, to) : value(line, node.elements.get(wanted), at, to, nesting);
            at = JsonText.skipSpace(bytes, at, to);
            if (at < to && bytes[at] == ',') {
                at = JsonText.skipSpace(bytes, at + 1, to);
            } else {
                break;
            }
        }
        return at < to && bytes[at] == ']' ? at + 1 : at;
    }
}
