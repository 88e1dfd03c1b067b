package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.ql.logql.LinePattern;
import io.lambdascope.ql.logql.LinePattern.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `pattern`: what stands between the literals becomes labels. Where a literal is missing, the capture before it
/// takes the rest of the line and is the last.
final class PatternParser implements LineStage {
    /// A capture, and the literal behind it.
    ///
    /// @param name null if the capture has none
    /// @param literal null at the end of the pattern
    private record Capture(
            @Nullable LabelName name, @Nullable ByteSearch literal) {}

    private final Needs needs;
    private final LineLabels labels;
    private final ByteSearch beginning;
    private final List<Capture> captures = new ArrayList<>();

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if `pattern` is none
    PatternParser(String pattern, LineLabels labels, Needs needs) {
        this.needs = needs;
        this.labels = labels;
        List<Part> parts = LinePattern.ofParser(pattern).parts();
        boolean literalFirst = parts.getFirst() instanceof Part.Literal;
        this.beginning = new ByteSearch(parts.getFirst() instanceof Part.Literal(String text) ? text : "", false);
        for (int i = literalFirst ? 1 : 0; i < parts.size(); i += 2) {
            LabelName name = parts.get(i) instanceof Part.Capture(String capture) && capture != null
                    ? labels.pinned(capture)
                    : null;
            ByteSearch literal = i + 1 < parts.size() && parts.get(i + 1) instanceof Part.Literal(String text)
                    ? new ByteSearch(text, false)
                    : null;
            captures.add(new Capture(name, literal));
        }
    }

    @Override
    public boolean process(Line line) {
        if (line.isEmpty() || needs.isEmpty() || !beginning.standsAt(line.bytes(), line.from(), line.to())) {
            return true;
        }
        int at = line.from() + beginning.length();
        for (Capture capture : captures) {
            int end = capture.literal == null ? -1 : capture.literal.find(line.bytes(), at, line.to());
            if (capture.name != null) {
                file(line, capture.name, at, end < 0 ? line.to() : end);
            }
            if (end < 0 || capture.literal == null) {
                break;
            }
            at = end + capture.literal.length();
        }
        return true;
    }

    private void file(Line line, LabelName capture, int from, int to) {
        LabelName name = labels.filedAs(capture);
        if (needs.has(name.name) && labels.find(name)) {
            labels.set(name, line.texts().of(line.bytes(), from, to));
        }
    }
}
