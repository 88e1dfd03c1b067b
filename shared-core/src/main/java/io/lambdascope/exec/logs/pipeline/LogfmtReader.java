package io.lambdascope.exec.logs.pipeline;

import org.jspecify.annotations.Nullable;

/// Reads the pairs of a logfmt line one by one: `key=value key="quoted value" key`. A control character ends a
/// word as a space does.
final class LogfmtReader {
    private byte[] bytes = new byte[0];
    private int start;
    private int at;
    private int to;

    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;
    private boolean escaped;
    private @Nullable String problem;

    void start(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.to = to;
    }

    /// Moves to the next pair; false at the end. A pair may be broken, see [#problem].
    boolean next() {
        problem = null;
        while (at < to && isSpace(bytes[at])) {
            at++;
        }
        if (at == to) {
            return false;
        }
        key();
        return true;
    }

    private void key() {
        keyFrom = at;
        while (at < to && bytes[at] != '=' && bytes[at] != '"' && !isSpace(bytes[at])) {
            at++;
        }
        keyTo = at;
        valueFrom = at;
        valueTo = at;
        escaped = false;
        if (at == to || isSpace(bytes[at])) {
            return;
        }
        if (bytes[at] == '"' || at == keyFrom) {
            unexpected();
            return;
        }
        at++;
        if (at < to && bytes[at] == '"') {
            quoted();
        } else {
            plain();
        }
    }

    private void plain() {
        valueFrom = at;
        while (at < to && !isSpace(bytes[at])) {
            if (bytes[at] == '=' || bytes[at] == '"') {
                unexpected();
                return;
            }
            at++;
        }
        valueTo = at;
    }

    private void quoted() {
        valueFrom = at + 1;
        int end = JsonText.stringEnd(bytes, valueFrom, to);
        if (end < 0) {
            at = to;
            fail("unterminated quoted value");
            return;
        }
        at = end + 1;
        valueTo = end;
        escaped = JsonText.hasEscape(bytes, valueFrom, valueTo);
        if (escaped && JsonText.unescaped(bytes, valueFrom, valueTo) == null) {
            fail("invalid quoted value");
        }
    }

    private void unexpected() {
        at++;
        fail("unexpected '%c'".formatted(bytes[at - 1]));
    }

    private void fail(String what) {
        problem = "logfmt syntax error at pos %d : %s".formatted(at - start, what);
    }

    /// What is wrong with the pair, null if nothing is.
    @Nullable
    String problem() {
        return problem;
    }

    /// Goes on at the next space, to leave a broken pair behind.
    void skipWord() {
        while (at < to && !isSpace(bytes[at])) {
            at++;
        }
    }

    int keyFrom() {
        return keyFrom;
    }

    int keyTo() {
        return keyTo;
    }

    boolean isValueEmpty() {
        return valueFrom == valueTo;
    }

    String value(Texts texts) {
        return escaped ? JsonText.string(texts, bytes, valueFrom, valueTo) : texts.of(bytes, valueFrom, valueTo);
    }

    private static boolean isSpace(byte b) {
        return b >= 0 && b <= ' ';
    }
}
