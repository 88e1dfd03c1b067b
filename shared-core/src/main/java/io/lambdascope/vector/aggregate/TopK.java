package io.lambdascope.vector.aggregate;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `topk` and `bottomk` of one group: at every step the `k` largest (smallest) elements, NaN last; of equal
/// ones those that came first.
public final class TopK {
    private final boolean top;
    private final Annotations annotations;
    private final SourceRange at;

    /// @param at the whole aggregation
    public TopK(boolean top, Annotations annotations, SourceRange at) {
        this.top = top;
        this.annotations = annotations;
        this.at = at;
    }

    /// The group's series with what is chosen of them; those of which nothing is are left out. With one step they
    /// come best first.
    ///
    /// @param counts how many to choose, per step
    public List<StepSeries> choose(List<StepSeries> group, double[] counts) {
        int steps = counts.length;
        StepWriter[] writers = new StepWriter[group.size()];
        Integer[] order = new Integer[group.size()];
        int[] lastOrder = new int[0];
        for (int step = 0; step < steps; step++) {
            int candidates = candidates(group, step, order);
            int chosen = (int) Math.min(candidates, Math.max(0, (long) counts[step]));
            if (chosen == 0) {
                continue;
            }
            int at = step;
            if (chosen < candidates || steps == 1) {
                Arrays.sort(
                        order,
                        0,
                        candidates,
                        (a, b) ->
                                compare(group.get(a).values()[at], group.get(b).values()[at]));
            }
            lastOrder = new int[chosen];
            for (int i = 0; i < chosen; i++) {
                int index = order[i];
                lastOrder[i] = index;
                if (writers[index] == null) {
                    writers[index] = new StepWriter(steps);
                }
                writers[index].set(step, group.get(index).values()[step]);
            }
        }
        List<StepSeries> result = new ArrayList<>();
        if (steps == 1) {
            for (int index : lastOrder) {
                result.add(finish(writers[index], group.get(index)));
            }
            return result;
        }
        for (int i = 0; i < writers.length; i++) {
            if (writers[i] != null) {
                result.add(finish(writers[i], group.get(i)));
            }
        }
        return result;
    }

    private static StepSeries finish(StepWriter writer, StepSeries from) {
        return writer.finish(from.labels(), from.dropName());
    }

    private int candidates(List<StepSeries> group, int step, Integer[] order) {
        int n = 0;
        for (int i = 0; i < group.size(); i++) {
            StepSeries series = group.get(i);
            if (series.hasFloat(step)) {
                order[n++] = i;
            } else if (series.histogram(step) != null) {
                annotations.histogramIgnoredInAggregation(top ? "topk" : "bottomk", at);
            }
        }
        return n;
    }

    private int compare(double a, double b) {
        boolean nanA = Double.isNaN(a);
        boolean nanB = Double.isNaN(b);
        if (nanA || nanB) {
            return Boolean.compare(nanA, nanB);
        }
        if (a == b) {
            return 0;
        }
        return top == a > b ? -1 : 1;
    }
}
