package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/// Escapes what could be taken for HTML, as Go's JSON encoder does in messages.
final class HtmlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    static final HtmlEscapes ESCAPES = new HtmlEscapes();

    private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

    private HtmlEscapes() {
        ascii['<'] = ESCAPE_CUSTOM;
        ascii['>'] = ESCAPE_CUSTOM;
        ascii['&'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return switch (c) {
            case '<', '>', '&' -> new SerializedString("\\u00%02x".formatted(c));
            default -> null;
        };
    }
}
