package io.lambdascope.model.logs;

/// Reads the pairs of a logfmt line one by one: `key=value key="quoted value" key`. A control character ends a
/// word as a space does.
public final class LogfmtReader {
    private enum Problem {
        NONE,
        UNEXPECTED,
        UNTERMINATED,
        BAD_ESCAPE
    }

    private byte[] bytes = new byte[0];
    private int start;
    private int at;
    private int to;

    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;
    private boolean escaped;
    private Problem problem = Problem.NONE;

    public void start(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.to = to;
    }

    /// Moves to the next pair; false at the end. A pair may be broken, see [#isBroken].
    public boolean next() {
        problem = Problem.NONE;
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
            problem = Problem.UNTERMINATED;
            return;
        }
        at = end + 1;
        valueTo = end;
        escaped = JsonText.hasEscape(bytes, valueFrom, valueTo);
        if (escaped && JsonText.unescaped(bytes, valueFrom, valueTo) == null) {
            problem = Problem.BAD_ESCAPE;
        }
    }

    private void unexpected() {
        at++;
        problem = Problem.UNEXPECTED;
    }

    public boolean isBroken() {
        return problem != Problem.NONE;
    }

    /// What is wrong with a pair that is broken.
    public String problem() {
        String what = switch (problem) {
            case NONE -> "nothing";
            case UNEXPECTED -> "unexpected '%c'".formatted(bytes[at - 1]);
            case UNTERMINATED -> "unterminated quoted value";
            case BAD_ESCAPE -> "invalid quoted value";
        };
        return "logfmt syntax error at pos %d : %s".formatted(at - start, what);
    }

    /// Goes on at the next space, to leave a broken pair behind.
    public void skipWord() {
        while (at < to && !isSpace(bytes[at])) {
            at++;
        }
    }

    /// The key is `bytes[keyFrom(), keyTo())`, the value `bytes[valueFrom(), valueTo())`, without its quotes.
    public int keyFrom() {
        return keyFrom;
    }

    public int keyTo() {
        return keyTo;
    }

    public int valueFrom() {
        return valueFrom;
    }

    public int valueTo() {
        return valueTo;
    }

    public boolean isValueEmpty() {
        return valueFrom == valueTo;
    }

    /// Whether the value has escapes, which are those of JSON strings.
    public boolean isEscaped() {
        return escaped;
    }

    private static boolean isSpace(byte b) {
        return b >= 0 && b <= ' ';
    }
}
