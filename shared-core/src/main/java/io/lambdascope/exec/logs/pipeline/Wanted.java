package io.lambdascope.exec.logs.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Counts how many labels a parser has still to find in a line, so that it can stop at the last one.
final class Wanted {
    /// Where nothing is missing, a line is read to its end all the same: it may have a defect.
    private static final int NEVER = -1;

    private final LineLabels labels;
    private final boolean counts;
    private final List<LabelName> names = new ArrayList<>();
    private int missing;

    Wanted(LineLabels labels, Needs needs) {
        this.labels = labels;
        Set<String> needed = needs.names();
        this.counts = needed != null;
        if (needed != null) {
            needed.forEach(name -> names.add(labels.pinned(name)));
        }
    }

    void startLine() {
        missing = 0;
        if (counts) {
            for (LabelName name : names) {
                // what the stream has is never found as such
                missing += labels.isOfStream(name) ? 0 : 1;
            }
            if (missing == 0) {
                missing = NEVER;
            }
        }
    }

    void found() {
        missing--;
    }

    /// Whether there was something to find, and it is found.
    boolean isFound() {
        return counts && missing == 0;
    }
}
