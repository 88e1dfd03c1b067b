package io.lambdascope.vector;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What becomes of series that have the same labels once a name or label is gone.
public final class SameLabels {
    private SameLabels() {}

    /// Joins series with the same labels into one.
    ///
    /// @throws Fault EXECUTION if two of them hold something at the same step
    public static List<StepSeries> merge(List<StepSeries> series) {
        if (!contains(series)) {
            return series;
        }
        Map<Labels, List<StepSeries>> byLabels = new LinkedHashMap<>();
        for (StepSeries one : series) {
            byLabels.computeIfAbsent(one.labels(), labels -> new ArrayList<>()).add(one);
        }
        List<StepSeries> merged = new ArrayList<>(byLabels.size());
        byLabels.values().forEach(group -> merged.add(group.size() == 1 ? group.getFirst() : join(group)));
        return merged;
    }

    private static StepSeries join(List<StepSeries> group) {
        StepSeries first = group.getFirst();
        StepWriter writer = new StepWriter(first.steps());
        for (StepSeries one : group) {
            for (int step = 0; step < one.steps(); step++) {
                if (one.has(step)) {
                    if (writer.has(step)) {
                        throw clash();
                    }
                    writer.copy(step, one);
                }
            }
        }
        return writer.finish(first.labels(), first.dropName());
    }

    /// @throws Fault EXECUTION if two series have the same labels
    public static List<StepSeries> refuse(List<StepSeries> series) {
        if (contains(series)) {
            throw clash();
        }
        return series;
    }

    /// `series` in the order of their labels: the list itself if it is in order already.
    public static List<StepSeries> inOrder(List<StepSeries> series) {
        for (int i = 1; i < series.size(); i++) {
            if (series.get(i - 1).labels().compareTo(series.get(i).labels()) > 0) {
                List<StepSeries> sorted = new ArrayList<>(series);
                sorted.sort(Comparator.comparing(StepSeries::labels));
                return sorted;
            }
        }
        return series;
    }

    private static boolean contains(List<StepSeries> series) {
        if (series.size() < 2) {
            return false;
        }
        Set<Labels> seen = HashSet.newHashSet(series.size());
        for (StepSeries one : series) {
            if (!seen.add(one.labels())) {
                return true;
            }
        }
        return false;
    }

    public static Fault clash() {
        return new Fault(FaultKind.EXECUTION, "vector cannot contain metrics with the same labelset");
    }
}
