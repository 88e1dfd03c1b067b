package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.ql.logql.IpRange;
import io.lambdascope.ql.logql.LinePattern;
import io.lambdascope.ql.logql.LogExpr.FilterOp;
import io.lambdascope.ql.logql.LogExpr.LineMatch;
import io.lambdascope.ql.logql.LogExpr.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// A line filter: lets pass what `matcher` finds, or what it does not.
record LineFilter(LineMatcher matcher, boolean negative) implements LineStage {
    static LineFilter of(Stage.LineFilter stage) {
        List<LineMatcher> matchers = new ArrayList<>();
        for (LineMatch match : stage.alternatives()) {
            matchers.add(
                    switch (match) {
                        case LineMatch.Ip(String range) -> new IpMatcher(IpRange.parse(range));
                        case LineMatch.Text(String text) -> matcherOf(stage.op(), text);
                    });
        }
        return new LineFilter(AnyMatcher.of(matchers), stage.op().isNegative());
    }

    private static LineMatcher matcherOf(FilterOp op, String text) {
        return switch (op) {
            case CONTAINS, NOT_CONTAINS -> RegexMatcher.containsOneOf(Set.of(text), false);
            case REGEX, NOT_REGEX -> RegexMatcher.of(text);
            case PATTERN, NOT_PATTERN -> new PatternMatcher(LinePattern.ofFilter(text));
        };
    }

    /// Takes the entries that do not pass out of `kept`.
    void filter(LogEntries run, BitSet kept) {
        BitSet selected = matcher.select(run, kept);
        if (negative) {
            kept.andNot(selected);
        } else {
            kept.and(selected);
        }
    }

    @Override
    public boolean process(Line line) {
        return matcher.matches(line.bytes(), line.from(), line.to()) != negative;
    }
}
