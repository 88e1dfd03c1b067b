package io.lambdascope.api.prometheus;

/// Label names in URLs: what is no plain identifier may come as `U__` with `_hex_` for a character and `__` for an
/// underscore (prometheus/common `model.UnescapeName`, value encoding).
final class EscapedLabelName {
    private static final String PREFIX = "U__";

    private EscapedLabelName() {}

    /// The name meant; the text itself if it is not escaped, or not properly.
    static String unescape(String text) {
        if (!text.startsWith(PREFIX)) {
            return text;
        }
        StringBuilder name = new StringBuilder();
        int at = PREFIX.length();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '_') {
                name.append(c);
                continue;
            }
            int end = text.indexOf('_', at);
            if (end < 0 || end - at > 6) {
                return text;
            }
            if (end == at) {
                name.append('_');
            } else {
                int codePoint = hex(text.substring(at, end));
                if (!Character.isValidCodePoint(codePoint) || codePoint >= 0xD800 && codePoint < 0xE000) {
                    return text;
                }
                name.appendCodePoint(codePoint);
            }
            at = end + 1;
        }
        return name.toString();
    }

    private static int hex(String digits) {
        try {
            return Integer.parseUnsignedInt(digits, 16);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
