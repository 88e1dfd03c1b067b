package io.lambdascope.exec.logs.pipeline;

import com.google.re2j.Matcher;
import io.lambdascope.labels.RegexLiterals;
import io.lambdascope.labels.TextRegex;
import io.lambdascope.model.logs.LogEntries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Lines in which a regular expression is found. What a line must contain for that is looked for first.
final class RegexMatcher implements LineMatcher {
    private final List<LineMatcher> required;
    private final Matcher matcher;

    private RegexMatcher(List<LineMatcher> required, Matcher matcher) {
        this.required = required;
        this.matcher = matcher;
    }

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if `regex` is none
    static LineMatcher of(String regex) {
        TextRegex compiled = TextRegex.compile(regex);
        RegexLiterals literals = RegexLiterals.of(regex);
        if (literals.anyOf() != null) {
            return containsOneOf(literals.anyOf(), literals.ignoresCase());
        }
        List<LineMatcher> required = literals.required().stream()
                .sorted(Comparator.comparingInt(Set::size))
                .map(set -> containsOneOf(set, literals.ignoresCase()))
                .toList();
        return new RegexMatcher(required, compiled.pattern().matcher(""));
    }

    static LineMatcher containsOneOf(Set<String> texts, boolean ignoresCase) {
        if (texts.contains("")) {
            return ALL;
        }
        List<LineMatcher> matchers = new ArrayList<>();
        for (String text : texts) {
            matchers.add(new ContainsMatcher(new ByteSearch(text, ignoresCase)));
        }
        return AnyMatcher.of(matchers);
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        for (LineMatcher one : required) {
            if (!one.matches(bytes, from, to)) {
                return false;
            }
        }
        return found(bytes, from, to);
    }

    @Override
    public BitSet select(LogEntries run, BitSet candidates) {
        BitSet selected = candidates;
        for (LineMatcher one : required) {
            selected = one.select(run, selected);
        }
        BitSet found = new BitSet(run.size());
        int[] starts = run.lineStarts();
        for (int i = selected.nextSetBit(0); i >= 0; i = selected.nextSetBit(i + 1)) {
            if (found(run.lines(), starts[i], starts[i + 1])) {
                found.set(i);
            }
        }
        return found;
    }

    private boolean found(byte[] bytes, int from, int to) {
        // RE2/J 1.8 takes `^` and `\b` to hold behind every character outside of ASCII when it reads bytes
        return matcher.reset(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .find();
    }
}
