package io.lambdascope.testkit.promql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// String literals of Go's syntax: escapes inside `"` and `'`, none inside backquotes.
final class GoString {
    private final String text;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private GoString(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /// @param end where the text goes on behind the closing quote
    record Literal(String value, int end) {}

    /// Reads the literal that begins at `start`.
    static Literal read(String text, int start) {
        if (start >= text.length() || "\"'`".indexOf(text.charAt(start)) < 0) {
            throw new ScriptException("a quoted string should begin at column %d of: %s".formatted(start + 1, text));
        }
        return new GoString(text, start + 1).body(text.charAt(start));
    }

    /// The value of `literal`, which must be nothing but one.
    static String unquote(String literal) {
        Literal read = read(literal, 0);
        if (read.end != literal.length()) {
            throw new ScriptException("text stands behind the closing quote: " + literal);
        }
        return read.value;
    }

    private Literal body(char quote) {
        while (at < text.length()) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == quote) {
                return new Literal(out.toString(StandardCharsets.UTF_8), at);
            }
            if (c == '\\' && quote != '`') {
                escape();
            } else {
                append(c);
            }
        }
        throw new ScriptException("the closing %c is missing: %s".formatted(quote, text));
    }

    private void append(int codePoint) {
        out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    private void escape() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        switch (c) {
            case 'a' -> append(7);
            case 'b' -> append('\b');
            case 'f' -> append('\f');
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'v' -> append(11);
            case '\\', '"', '\'' -> append(c);
            case 'x' -> out.write(digits(2, 16));
            case 'u' -> append(digits(4, 16));
            case 'U' -> append(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                out.write(digits(3, 8));
            }
            default -> throw new ScriptException("unknown escape \\%c in: %s".formatted(c, text));
        }
    }

    private int digits(int count, int radix) {
        int end = Math.min(at + count, text.length());
        try {
            int value = Integer.parseInt(text.substring(at, end), radix);
            at = end;
            return value;
        } catch (NumberFormatException e) {
            throw new ScriptException("an escape needs %d digits in: %s".formatted(count, text));
        }
    }
}
