package io.lambdascope.vector.aggregate;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
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
        int[] chosen = new int[group.size()];
        int count = 0;
        for (int step = 0; step < steps; step++) {
            count = choose(group, step, (long) counts[step], chosen);
            for (int i = 0; i < count; i++) {
                int index = chosen[i];
                if (writers[index] == null) {
                    writers[index] = new StepWriter(steps);
                }
                writers[index].set(step, group.get(index).values()[step]);
            }
        }
        List<StepSeries> result = new ArrayList<>();
        if (steps == 1) {
            sort(chosen, count, group);
            for (int i = 0; i < count; i++) {
                result.add(finish(writers[chosen[i]], group.get(chosen[i])));
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

    /*
     * The chosen of a step are a heap whose root is the worst of them: another element takes its place if it is better.
     * O(series * log k), without objects.
     */
    private int choose(List<StepSeries> group, int step, long wanted, int[] heap) {
        int count = 0;
        for (int i = 0; i < group.size(); i++) {
            StepSeries series = group.get(i);
            if (!series.hasFloat(step)) {
                if (series.histogram(step) != null) {
                    annotations.histogramIgnoredInAggregation(top ? "topk" : "bottomk", at);
                }
            } else if (count < wanted) {
                heap[count++] = i;
                up(heap, count - 1, group, step);
            } else if (count > 0 && isWorse(heap[0], i, group, step)) {
                heap[0] = i;
                down(heap, count, group, step);
            }
        }
        return count;
    }

    private void up(int[] heap, int from, List<StepSeries> group, int step) {
        int place = from;
        int moved = heap[from];
        while (place > 0 && isWorse(moved, heap[(place - 1) / 2], group, step)) {
            heap[place] = heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        heap[place] = moved;
    }

    private void down(int[] heap, int count, List<StepSeries> group, int step) {
        int place = 0;
        int moved = heap[0];
        while (2 * place + 1 < count) {
            int child = 2 * place + 1;
            if (child + 1 < count && isWorse(heap[child + 1], heap[child], group, step)) {
                child++;
            }
            if (!isWorse(heap[child], moved, group, step)) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = moved;
    }

    /// Sorts the heap of the only step, best first: the worst goes to the end, again and again.
    private void sort(int[] heap, int count, List<StepSeries> group) {
        for (int left = count - 1; left > 0; left--) {
            int worst = heap[0];
            heap[0] = heap[left];
            heap[left] = worst;
            down(heap, left, group, 0);
        }
    }

    /// Of equal elements the later one is worse.
    private boolean isWorse(int a, int b, List<StepSeries> group, int step) {
        int order = compare(group.get(a).values()[step], group.get(b).values()[step]);
        return order > 0 || order == 0 && a > b;
    }

    private static StepSeries finish(StepWriter writer, StepSeries from) {
        return writer.finish(from.labels(), from.dropName());
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
