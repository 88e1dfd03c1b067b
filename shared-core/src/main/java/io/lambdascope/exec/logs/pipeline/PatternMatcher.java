package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.ql.logql.LinePattern;
import io.lambdascope.ql.logql.LinePattern.Part;
import java.util.ArrayList;
import java.util.List;

/// Lines that are, as a whole, of a pattern: its literals in order, each at its first place behind the one
/// before, with at least one byte where a capture stands.
final class PatternMatcher implements LineMatcher {
    private final List<ByteSearch> literals = new ArrayList<>();
    private final boolean beginsWithLiteral;
    private final boolean endsWithCapture;

    PatternMatcher(LinePattern pattern) {
        for (Part part : pattern.parts()) {
            if (part instanceof Part.Literal(String text)) {
                literals.add(new ByteSearch(text, false));
            }
        }
        List<Part> parts = pattern.parts();
        this.beginsWithLiteral = !parts.isEmpty() && parts.getFirst() instanceof Part.Literal;
        this.endsWithCapture = !parts.isEmpty() && parts.getLast() instanceof Part.Capture;
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        int at = from;
        boolean captures = !beginsWithLiteral;
        for (ByteSearch literal : literals) {
            int found = literal.find(bytes, at, to);
            if (found < 0 || captures && found == at || !captures && found != at) {
                return false;
            }
            at = found + literal.length();
            captures = true;
        }
        return endsWithCapture == at < to;
    }
}
