package io.lambdascope.model.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds the pieces of JSON text in bytes, and is no stricter than telling them apart takes: logs are often cut
/// off or not quite JSON.
public final class JsonText {
    public static final String BAD_OBJECT = "Value looks like object, but can't find closing '}' symbol";
    public static final String BAD_ARRAY = "Value is array, but can't find closing ']' symbol";
    public static final String BAD_STRING = "Value is string, but can't find closing '\"' symbol";
    public static final String BAD_JSON = "Malformed JSON error";
    public static final String BAD_ESCAPE = "Encountered an invalid escape sequence in a string";
    public static final String UNKNOWN_VALUE = "Unknown value type";

    /// What kind of value begins with a byte.
    public enum Kind {
        STRING,
        OBJECT,
        ARRAY,
        NUMBER,
        BOOLEAN,
        NULL,
        UNKNOWN
    }

    private JsonText() {}

    /// Where the next byte that is no white space stands, `to` if there is none.
    public static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    /// Where the closing quote of the string stands whose text begins at `from`, or -1.
    public static int stringEnd(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '"') {
                return at;
            }
            if (bytes[at] == '\\') {
                at++;
            }
        }
        return -1;
    }

    /// Where the object or array that begins at `from` ends, behind its bracket, or -1.
    public static int blockEnd(byte[] bytes, int from, int to) {
        byte open = bytes[from];
        byte close = (byte) (open + 2); // [ and ], { and }
        int depth = 0;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '"') {
                at = stringEnd(bytes, at + 1, to);
                if (at < 0) {
                    return -1;
                }
            } else if (b == open) {
                depth++;
            } else if (b == close && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    /// Where the number or word that begins at `from` ends.
    public static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']' && !isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    public static Kind kindOf(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case '"' -> Kind.STRING;
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case 't' -> isWord("true", bytes, from, to) ? Kind.BOOLEAN : Kind.UNKNOWN;
            case 'f' -> isWord("false", bytes, from, to) ? Kind.BOOLEAN : Kind.UNKNOWN;
            case 'n' -> isWord("null", bytes, from, to) ? Kind.NULL : Kind.UNKNOWN;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
            default -> Kind.UNKNOWN;
        };
    }

    private static boolean isWord(String word, byte[] bytes, int from, int to) {
        if (tokenEnd(bytes, from, to) - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where the value that begins at `from` ends, or -1 if it does not.
    public static int valueEnd(Kind kind, byte[] bytes, int from, int to) {
        return switch (kind) {
            case STRING -> {
                int quote = stringEnd(bytes, from + 1, to);
                yield quote < 0 ? -1 : quote + 1;
            }
            case OBJECT, ARRAY -> blockEnd(bytes, from, to);
            case NUMBER, BOOLEAN, NULL -> tokenEnd(bytes, from, to);
            case UNKNOWN -> -1;
        };
    }

    /// What is wrong with a value of this kind that has no end.
    public static String problemOf(Kind kind) {
        return switch (kind) {
            case STRING -> BAD_STRING;
            case OBJECT -> BAD_OBJECT;
            case ARRAY -> BAD_ARRAY;
            case NUMBER, BOOLEAN, NULL, UNKNOWN -> UNKNOWN_VALUE;
        };
    }

    public static boolean hasEscape(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /// The bytes of a string with its escapes resolved, or null if one is none.
    public static byte @Nullable [] unescaped(byte[] bytes, int from, int to) {
        byte[] out = new byte[to - from];
        int size = 0;
        for (int at = from; at < to; at++) {
            if (bytes[at] != '\\') {
                out[size++] = bytes[at];
                continue;
            }
            if (++at == to) {
                return null;
            }
            int simple = "\"\\/bfnrt".indexOf(bytes[at]);
            if (simple >= 0) {
                out[size++] = (byte) "\"\\/\b\f\n\r\t".charAt(simple);
                continue;
            }
            int c = bytes[at] == 'u' ? hex(bytes, at + 1, to) : -1;
            if (c < 0) {
                return null;
            }
            at += 4;
            if (Character.isSurrogate((char) c)) {
                int low = at + 2 < to && bytes[at + 1] == '\\' && bytes[at + 2] == 'u' ? hex(bytes, at + 3, to) : -1;
                if (low < 0 || !Character.isSurrogatePair((char) c, (char) low)) {
                    return null;
                }
                c = Character.toCodePoint((char) c, (char) low);
                at += 6;
            }
            byte[] utf8 = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(utf8, 0, out, size, utf8.length);
            size += utf8.length;
        }
        return Arrays.copyOf(out, size);
    }

    private static int hex(byte[] bytes, int from, int to) {
        if (from + 4 > to) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = 16 * value + digit;
        }
        return value;
    }
}
