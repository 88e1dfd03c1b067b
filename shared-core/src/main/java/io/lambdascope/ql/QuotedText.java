package io.lambdascope.ql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads quoted strings as Go writes them: escapes inside `"…"` and `'…'`, none inside backquotes.
///
/// Bytes that escapes name (`\xff`, `\377`) and that are no UTF-8 are kept as lone surrogates U+DC80 to U+DCFF, one
/// for each byte; [io.lambdascope.labels.LabelText#quote] writes them as `\xff` again.
public final class QuotedText {
    /// Says what is wrong with a quoted string.
    public static final class BadEscapeException extends Exception {
        private static final long serialVersionUID = 1L;

        BadEscapeException(String message) {
            super(message);
        }
    }

    private final String text;
    private final char quote;
    private final boolean punctuationEscaped;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at = 1;

    private QuotedText(String text, boolean punctuationEscaped) {
        this.text = text;
        this.punctuationEscaped = punctuationEscaped;
        this.quote = text.charAt(0);
    }

    /// @param text with its quotes, the same character at both ends
    public static String unquote(String text) throws BadEscapeException {
        return unquote(text, false);
    }

    /// As [#unquote], but for a backslash before a character that is neither letter nor digit and that needs none: both
    /// stay as they are, as in `"a\.b"`. So regexes are often written, and they can mean nothing else.
    public static String unquoteRegex(String text) throws BadEscapeException {
        return unquote(text, true);
    }

    private static String unquote(String text, boolean punctuationEscaped) throws BadEscapeException {
        String inside = text.substring(1, text.length() - 1);
        if (text.charAt(0) == '`' || inside.indexOf('\\') < 0) {
            return inside;
        }
        return new QuotedText(text, punctuationEscaped).read();
    }

    private String read() throws BadEscapeException {
        while (at < text.length() - 1) {
            char c = text.charAt(at++);
            if (c == '\\') {
                escape(text.charAt(at++));
            } else {
                flush();
                out.append(c);
            }
        }
        flush();
        return out.toString();
    }

    private void escape(char c) throws BadEscapeException {
        int simple = "abfnrtv\\".indexOf(c);
        if (simple >= 0) {
            append("\007\b\f\n\r\t\013\\".charAt(simple));
        } else if (c == quote) {
            append(c);
        } else if (c >= '0' && c <= '7') {
            at--;
            bytes.write((int) digits(3, 8, 255));
        } else if (c == 'x') {
            bytes.write((int) digits(2, 16, 255));
        } else if (c == 'u') {
            codePoint(digits(4, 16, Character.MAX_CODE_POINT));
        } else if (c == 'U') {
            codePoint(digits(8, 16, Character.MAX_CODE_POINT));
        } else if (punctuationEscaped && !Character.isLetterOrDigit(c)) {
            append('\\');
            append(c);
        } else {
            throw new BadEscapeException("unknown escape sequence U+%04X '%c'".formatted((int) c, c));
        }
    }

    private void append(char c) {
        flush();
        out.append(c);
    }

    private void codePoint(long value) throws BadEscapeException {
        if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
            throw new BadEscapeException("escape sequence is an invalid Unicode code point");
        }
        flush();
        out.appendCodePoint((int) value);
    }

    private long digits(int count, int base, long max) throws BadEscapeException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(at);
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                throw new BadEscapeException(
                        at == text.length() - 1
                                ? "escape sequence not terminated"
                                : "illegal character U+%04X '%c' in escape sequence".formatted((int) c, c));
            }
            value = value * base + digit;
            at++;
        }
        if (value > max) {
            throw new BadEscapeException("escape sequence is an invalid Unicode code point");
        }
        return value;
    }

    /// Turns the bytes that escapes have named so far into characters.
    private void flush() {
        if (bytes.size() == 0) {
            return;
        }
        byte[] utf8 = bytes.toByteArray();
        bytes.reset();
        int from = 0;
        while (from < utf8.length) {
            int length = sequenceLength(utf8, from);
            if (length == 0) {
                out.append((char) (0xDC00 + (utf8[from] & 0xff)));
                from++;
            } else {
                out.append(new String(utf8, from, length, StandardCharsets.UTF_8));
                from += length;
            }
        }
    }

    /// How many bytes the UTF-8 sequence at `from` has, 0 if there is none.
    private static int sequenceLength(byte[] utf8, int from) {
        int first = utf8[from] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 0 || from + length > utf8.length) {
            return 0;
        }
        String decoded = new String(utf8, from, length, StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') >= 0 && !isReplacement(utf8, from) ? 0 : length;
    }

    private static boolean isReplacement(byte[] utf8, int from) {
        return (utf8[from] & 0xff) == 0xEF && (utf8[from + 1] & 0xff) == 0xBF && (utf8[from + 2] & 0xff) == 0xBD;
    }
}
