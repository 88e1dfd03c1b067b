package io.lambdascope.vector.match;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or`, `unless`: which elements stay depends on whether the other side has one with the same signature at
/// that step.
public final class SetOperations {
    private final Grouping signature;
    private final int steps;
    private final QueryBudget budget;

    public SetOperations(Grouping signature, int steps, QueryBudget budget) {
        this.signature = signature;
        this.steps = steps;
        this.budget = budget;
    }

    public List<StepSeries> and(List<StepSeries> left, List<StepSeries> right) {
        return left.isEmpty() || right.isEmpty() ? List.of() : filter(left, presence(right), true);
    }

    public List<StepSeries> unless(List<StepSeries> left, List<StepSeries> right) {
        return left.isEmpty() || right.isEmpty() ? left : filter(left, presence(right), false);
    }

    public List<StepSeries> or(List<StepSeries> left, List<StepSeries> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        List<StepSeries> result = new ArrayList<>(left);
        result.addAll(filter(right, presence(left), false));
        return SameLabels.merge(result);
    }

    private Map<Labels, boolean[]> presence(List<StepSeries> side) {
        Map<Labels, boolean[]> presence = new HashMap<>();
        for (StepSeries series : side) {
            boolean[] present = presence.computeIfAbsent(signature.of(series.labels()), labels -> {
                budget.hold(steps / Double.BYTES + 1);
                return new boolean[steps];
            });
            for (int step = 0; step < steps; step++) {
                present[step] |= series.has(step);
            }
        }
        return presence;
    }

    /// The elements of `side` for which the other side is (or is not) there.
    private List<StepSeries> filter(List<StepSeries> side, Map<Labels, boolean[]> others, boolean ifThere) {
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : side) {
            boolean[] other = others.get(signature.of(series.labels()));
            if (other == null) {
                if (!ifThere) {
                    result.add(series);
                }
                continue;
            }
            budget.hold(steps);
            StepWriter writer = new StepWriter(steps);
            for (int step = 0; step < steps; step++) {
                if (other[step] == ifThere && series.has(step)) {
                    writer.copy(step, series);
                }
            }
            if (!writer.isEmpty()) {
                result.add(writer.finish(series.labels(), series.dropName()));
            }
        }
        return result;
    }
}
