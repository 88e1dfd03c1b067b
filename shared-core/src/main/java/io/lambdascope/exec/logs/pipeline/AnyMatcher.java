package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.LogEntries;
import java.util.BitSet;
import java.util.List;

/// Lines that pass one of several conditions.
record AnyMatcher(List<LineMatcher> matchers) implements LineMatcher {
    static LineMatcher of(List<LineMatcher> matchers) {
        return matchers.size() == 1 ? matchers.getFirst() : new AnyMatcher(List.copyOf(matchers));
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        for (LineMatcher matcher : matchers) {
            if (matcher.matches(bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public BitSet select(LogEntries run, BitSet candidates) {
        BitSet selected = new BitSet(run.size());
        BitSet rest = (BitSet) candidates.clone();
        for (LineMatcher matcher : matchers) {
            if (!rest.isEmpty()) {
                BitSet more = matcher.select(run, rest);
                selected.or(more);
                rest.andNot(more);
            }
        }
        return selected;
    }
}
