package io.lambdascope.vector;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `label_replace` does to labels: where the whole of a label's value matches, another label gets a text made of
/// the match.
public final class LabelReplacement {
    private final Pattern pattern;
    private final String target;
    private final String replacement;
    private final String source;
    private final Map<String, @Nullable String> replaced = new HashMap<>();

    /// @param pattern matches whole values only
    /// @param replacement see [RegexTemplate]
    public LabelReplacement(Pattern pattern, String target, String replacement, String source) {
        this.pattern = pattern;
        this.target = target;
        this.replacement = replacement;
        this.source = source;
    }

    /// The series with the labels that they then have, which several may have in common.
    public List<StepSeries> apply(List<StepSeries> input) {
        List<StepSeries> result = new ArrayList<>(input.size());
        for (StepSeries series : input) {
            String text = text(series.labels().get(source));
            result.add(text == null ? series : series.withLabel(target, text));
        }
        return result;
    }

    /// What becomes of a value; null if it does not match.
    private @Nullable String text(String value) {
        if (!replaced.containsKey(value)) {
            Matcher matcher = pattern.matcher(value);
            replaced.put(value, matcher.find() ? RegexTemplate.expand(replacement, matcher) : null);
        }
        return replaced.get(value);
    }
}
