package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.LogEntries;
import java.util.BitSet;

/// Lines that contain a text. Of a run, all lines are searched as one.
final class ContainsMatcher implements LineMatcher {
    /// Where fewer than one in this many lines are candidates, they are looked at one by one.
    private static final int SPARSE = 8;

    private final ByteSearch search;

    ContainsMatcher(ByteSearch search) {
        this.search = search;
    }

    @Override
    public boolean matches(byte[] bytes, int from, int to) {
        return search.find(bytes, from, to) >= 0;
    }

    @Override
    public BitSet select(LogEntries run, BitSet candidates) {
        if (search.length() == 0) {
            return (BitSet) candidates.clone();
        }
        if (candidates.cardinality() < run.size() / SPARSE) {
            return LineMatcher.super.select(run, candidates);
        }
        BitSet selected = new BitSet(run.size());
        byte[] lines = run.lines();
        int[] starts = run.lineStarts();
        int end = starts[run.size()];
        int line = 0;
        int at = starts[0];
        while ((at = search.find(lines, at, end)) >= 0) {
            line = lineOf(starts, at, line, run.size());
            if (at + search.length() <= starts[line + 1]) {
                selected.set(line);
                at = starts[line + 1];
            } else {
                at++; // it begins in one line and ends in another
            }
        }
        selected.and(candidates);
        return selected;
    }

    /// The last line that begins at or before `at`, not before `line`: in steps that double, then halved.
    private static int lineOf(int[] starts, int at, int line, int size) {
        int step = 1;
        int low = line;
        while (low + step < size && starts[low + step] <= at) {
            low += step;
            step *= 2;
        }
        int high = Math.min(size, low + step);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= at) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
