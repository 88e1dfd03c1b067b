package io.lambdascope.wire.lokipush;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.ql.QuotedText;

/// Reads the labels of a stream as senders write them: `{app="shop", env="prod"}`.
final class StreamLabels {
    private final String text;
    private int at;

    private StreamLabels(String text) {
        this.text = text;
    }

    /// A label with an empty value is left out.
    ///
    /// @throws Fault BAD_REQUEST if `text` is no label set or names a label twice
    static Labels parse(String text) {
        return new StreamLabels(text).read();
    }

    private Labels read() {
        Labels.Builder labels = new Labels.Builder();
        expect('{');
        while (peek() != '}') {
            String name = name();
            expect('=');
            String value = value();
            if (labels.get(name) != null) {
                throw bad("label \"%s\" stands twice".formatted(name));
            }
            labels.set(name, value);
            if (peek() != '}') {
                expect(',');
            }
        }
        at++;
        if (peek() != '\0') {
            throw bad("text behind the last brace");
        }
        return labels.build();
    }

    private char peek() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw bad("'%c' is missing".formatted(wanted));
        }
        at++;
    }

    private String name() {
        if (peek() == '"') {
            return value();
        }
        int from = at;
        while (at < text.length() && "=,{} \t\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(from, at);
        if (!LabelText.isPlainLabelName(name)) {
            throw bad("\"%s\" is no label name".formatted(name));
        }
        return name;
    }

    private String value() {
        char quote = peek();
        if (quote != '"' && quote != '`') {
            throw bad("a quoted value is missing");
        }
        int from = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw bad("a value has no closing quote");
        }
        at++;
        try {
            return QuotedText.unquote(text.substring(from, at));
        } catch (QuotedText.BadEscapeException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private Fault bad(String problem) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return Fault.badRequest("error parsing labels %s: %s, at character %d", shown, problem, at + 1);
    }
}
