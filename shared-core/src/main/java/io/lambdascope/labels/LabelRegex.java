package io.lambdascope.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A regular expression over a whole label value, in RE2's syntax, which runs in time linear in its input. It is
/// anchored at both ends and `.` matches a newline too: `^(?s:…)$`.
///
/// Most that people write needs no regex machine: words joined by `|` are a lookup in a set, `a.*b` looks at both
/// ends. Those are recognised here and matched without one.
public final class LabelRegex {
    private final String text;
    private final @Nullable RegexShape shape;
    private final @Nullable Pattern pattern;

    private LabelRegex(String text, @Nullable RegexShape shape, @Nullable Pattern pattern) {
        this.text = text;
        this.shape = shape;
        this.pattern = pattern;
    }

    /// @throws Fault BAD_QUERY if `text` is not a regular expression, or one that would need too much memory
    public static LabelRegex compile(String text) {
        RegexShape shape = RegexShape.of(text);
        return shape == null ? compileWithoutShape(text) : new LabelRegex(text, shape, null);
    }

    /// As [#compile], but always with the regex machine: what the shortcuts are compared with in tests.
    static LabelRegex compileWithoutShape(String text) {
        return new LabelRegex(text, null, pattern(text));
    }

    /// The regex machine itself, for those who want the groups of a match.
    ///
    /// @throws Fault BAD_QUERY as [#compile]
    public static Pattern pattern(String text) {
        RegexBudget.check(text);
        try {
            return Pattern.compile("^(?s:" + text + ")$");
        } catch (PatternSyntaxException e) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "error parsing regexp: %s: `%s`".formatted(e.getDescription(), e.getPattern()),
                    e);
        }
    }

    public boolean matches(String value) {
        if (shape != null) {
            return shape.matches(value);
        }
        return pattern != null && pattern.matcher(value).find();
    }

    /// All values that match, if they can be listed.
    public Optional<Set<String>> literals() {
        return shape == null || shape.literals() == null ? Optional.empty() : Optional.of(shape.literals());
    }

    /// What every matching value begins with, if that is known and not empty.
    public Optional<String> prefix() {
        String prefix = shape == null ? RegexBudget.leadingLiteral(text) : shape.prefix();
        return prefix.isEmpty() ? Optional.empty() : Optional.of(prefix);
    }

    @Override
    public String toString() {
        return text;
    }
}
