package io.lambdascope.testkit.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a script demands of an error's or an annotation's text.
///
/// @param source as the script says it, for messages
/// @param exact the whole text, or null
/// @param pattern found somewhere in the text, or null
public record TextMatch(
        String source, @Nullable String exact, @Nullable Pattern pattern) {
    /// Any text will do.
    public static final TextMatch ANY = new TextMatch("any text", null, null);

    static TextMatch exactly(String text) {
        return new TextMatch("msg: " + text, text, null);
    }

    static TextMatch regex(String pattern) {
        try {
            return new TextMatch("regex: " + pattern, null, Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw new ScriptException("\"%s\" is no regular expression: %s".formatted(pattern, e.getMessage()));
        }
    }

    boolean matches(String text) {
        if (exact != null) {
            return exact.equals(text);
        }
        return pattern == null || pattern.matcher(text).find();
    }
}
