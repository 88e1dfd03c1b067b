package io.lambdascope.exec.metrics;

/// What may be a label name: any text that is valid UTF-8 and not empty. The parser marks bytes that are no
/// UTF-8 with lone surrogates, which valid text never holds.
final class ValidText {
    private ValidText() {}

    static boolean isLabelName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
