package io.lambdascope.exec.logs.template;

import java.nio.charset.StandardCharsets;

/// Escapes of texts as Go's packages make them.
final class GoText {
    private GoText() {}

    /// `html.EscapeString`, with what templates do about NUL.
    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\'' -> out.append("&#39;");
                case '"' -> out.append("&#34;");
                case 0 -> out.append('\ufffd');
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// `template.JSEscapeString`.
    static String javascript(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\', '\'', '"' -> out.append('\\').append((char) c);
                case '<', '>', '&', '=' -> out.append("\\u%04X".formatted(c));
                default -> {
                    if (c < ' ' || c >= 0x80 && !isPrintable(c)) {
                        out.append("\\u%04X".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// `url.QueryEscape`.
    static String urlQuery(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-_.~".indexOf(b) >= 0) {
                out.append((char) b);
            } else if (b == ' ') {
                out.append('+');
            } else {
                out.append("%%%02X".formatted(b));
            }
        }
        return out.toString();
    }

    /// `url.QueryUnescape`.
    static String fromUrlQuery(String text) throws TemplateException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    String rest = new String(bytes, i, Math.min(3, bytes.length - i), StandardCharsets.UTF_8);
                    throw new TemplateException("invalid URL escape \"%s\"".formatted(rest));
                }
                out[size++] = (byte) (16 * high + low);
                i += 2;
            } else {
                out[size++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    /// What a base 64 text says, with or without its padding; the error in words where it is none, as sprig gives
    /// it.
    static String fromBase64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length * 3 / 4 + 3];
        int size = 0;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                continue;
            }
            int value = base64Value(bytes[i]);
            boolean padding =
                    bytes[i] == '=' && held >= 2 && (held == 3 || i + 1 < bytes.length && bytes[i + 1] == '=');
            if (padding && i + 4 - held == bytes.length) {
                break;
            }
            if (value < 0) {
                return "illegal base64 data at input byte " + i;
            }
            bits = bits << 6 | value;
            if (++held == 4) {
                out[size++] = (byte) (bits >> 16);
                out[size++] = (byte) (bits >> 8);
                out[size++] = (byte) bits;
                held = 0;
                bits = 0;
            }
        }
        if (held == 1) {
            return "illegal base64 data at input byte " + (bytes.length - 1);
        }
        if (held >= 2) {
            bits <<= 6 * (4 - held);
            out[size++] = (byte) (bits >> 16);
            if (held == 3) {
                out[size++] = (byte) (bits >> 8);
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    private static int base64Value(byte b) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(b);
    }

    /// `strings.Title`: each letter that begins a word in upper case.
    static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int before = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean inWord = Character.isLetterOrDigit(before)
                    || before == '_'
                    || before >= 0x80 && !Character.isWhitespace(before);
            out.appendCodePoint(inWord ? c : Character.toTitleCase(c));
            before = c;
        }
        return out.toString();
    }

    /// `text` without characters of `cutset` at its left, its right, or both ends.
    static String trim(String text, String cutset, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && cutset.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && cutset.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }
}
