package io.lambdascope.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import org.jspecify.annotations.Nullable;

/// A regular expression that is looked for anywhere in a text, in RE2's syntax, which runs in time linear in its
/// input. `.` does not match a newline unless the expression says so. [LabelRegex] is its sister over whole label
/// values.
public final class TextRegex {
    private final Pattern pattern;

    private TextRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws Fault BAD_QUERY if `text` is not a regular expression, or one that would need too much memory
    public static TextRegex compile(String text) {
        RegexBudget.check(text);
        try {
            return new TextRegex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "error parsing regexp: %s: `%s`".formatted(e.getDescription(), e.getPattern()),
                    e);
        }
    }

    /// For matching strings. RE2/J 1.8 also reads UTF-8 bytes, but takes `^` and `\b` to hold behind every
    /// character outside of ASCII there.
    public Pattern pattern() {
        return pattern;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextRegex that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
