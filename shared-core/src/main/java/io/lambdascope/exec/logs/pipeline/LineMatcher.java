package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.model.logs.LogEntries;
import java.util.BitSet;

/// A condition on lines.
interface LineMatcher {
    /// Whether the line `bytes[from, to)` passes.
    boolean matches(byte[] bytes, int from, int to);

    /// The entries among `candidates` whose line passes.
    default BitSet select(LogEntries run, BitSet candidates) {
        BitSet selected = new BitSet(run.size());
        byte[] lines = run.lines();
        int[] starts = run.lineStarts();
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (matches(lines, starts[i], starts[i + 1])) {
                selected.set(i);
            }
        }
        return selected;
    }

    LineMatcher ALL = new LineMatcher() {
        @Override
        public boolean matches(byte[] bytes, int from, int to) {
            return true;
        }

        @Override
        public BitSet select(LogEntries run, BitSet candidates) {
            return (BitSet) candidates.clone();
        }
    };
}
