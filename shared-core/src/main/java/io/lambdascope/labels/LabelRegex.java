package io.lambdascope.labels;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// A regular expression over a whole label value, in RE2's syntax, which runs in time linear in its input. It is
/// anchored at both ends and `.` matches a newline too: `^(?s:…)$`.
public final class LabelRegex {
    private final String text;
    private final Pattern pattern;

    private LabelRegex(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /// @throws Fault BAD_QUERY if `text` is not a regular expression
    public static LabelRegex compile(String text) {
        try {
            return new LabelRegex(text, Pattern.compile("^(?s:" + text + ")$"));
        } catch (PatternSyntaxException e) {
            throw new Fault(FaultKind.BAD_QUERY, "error parsing regexp: " + e.getMessage(), e);
        }
    }

    public boolean matches(String value) {
        return pattern.matcher(value).find();
    }

    @Override
    public String toString() {
        return text;
    }
}
