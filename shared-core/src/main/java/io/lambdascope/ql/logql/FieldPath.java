package io.lambdascope.ql.logql;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;

/// The way to a field of a JSON document: `request.headers[0]["X-Name"]`.
public record FieldPath(List<Step> steps) {
    private static final int MAX_INDEX = 1_000_000;

    public FieldPath {
        steps = List.copyOf(steps);
    }

    public sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    /// Reads the path of a `json` extraction.
    ///
    /// @throws Fault BAD_QUERY if `text` is no path
    public static FieldPath parse(String text) {
        return new Reader(text).read();
    }

    /// Whether `text` is what a `logfmt` extraction can ask for: one key.
    static boolean isKey(String text) {
        List<Step> steps;
        try {
            steps = parse(text).steps();
        } catch (Fault _) {
            return false;
        }
        return steps.size() == 1 && steps.getFirst() instanceof Step.Field;
    }

    private static final class Reader {
        private final String text;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        FieldPath read() {
            if (!text.startsWith("[")) {
                steps.add(name());
            }
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '.') {
                    steps.add(name());
                } else if (c == '[') {
                    steps.add(inBrackets());
                } else {
                    throw bad("'%c' where '.' or '[' should be".formatted(c));
                }
            }
            return new FieldPath(steps);
        }

        private Step name() {
            int from = at;
            while (at < text.length() && isNamePart(text.charAt(at), at == from)) {
                at++;
            }
            if (at == from) {
                throw bad("a field's name is missing");
            }
            return new Step.Field(text.substring(from, at));
        }

        private static boolean isNamePart(char c, boolean first) {
            return c == '_' || Character.isLetter(c) || !first && (Character.isDigit(c) || c == '-');
        }

        private Step inBrackets() {
            Step step = at < text.length() && text.charAt(at) == '"' ? quoted() : index();
            if (at >= text.length() || text.charAt(at) != ']') {
                throw bad("']' is missing");
            }
            at++;
            return step;
        }

        private Step quoted() {
            StringBuilder name = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                name.append(text.charAt(at++));
            }
            if (at >= text.length()) {
                throw bad("'\"' is missing");
            }
            at++;
            return new Step.Field(name.toString());
        }

        private Step index() {
            int from = at;
            int index = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && index < MAX_INDEX) {
                index = 10 * index + text.charAt(at++) - '0';
            }
            if (at == from) {
                throw bad("an index or a quoted name is missing");
            }
            return new Step.Index(index);
        }

        private Fault bad(String problem) {
            return new Fault(
                    FaultKind.BAD_QUERY,
                    "cannot parse expression \"%s\": %s, at character %d".formatted(text, problem, at + 1));
        }
    }
}
