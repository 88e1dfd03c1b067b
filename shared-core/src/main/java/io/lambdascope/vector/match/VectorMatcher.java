package io.lambdascope.vector.match;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.ReservedLabels;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.match.ElementOperation.Outcome;
import io.lambdascope.vector.match.MatchRule.Cardinality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An arithmetic or comparison operator between two vectors.
public final class VectorMatcher {
    /*
     * Series are grouped by what must agree; groups have nothing to do with each other. Inside a group, the
     * "one" side may hold several series as long as they are not there at the same time: oneAt says per step
     * which it is. Every pair of a series of the "many" side and one of the "one" side then has one set of
     * result labels, and is run over all steps. (prometheus `promql/engine.go`, VectorBinop, does the same step
     * by step.)
     */
    private static final int NONE = -1;

    private final ElementOperation operation;
    private final MatchRule rule;
    private final boolean returnBool;
    private final boolean dropNameNow;
    private final boolean swapped;
    private final int steps;
    private final QueryBudget budget;

    private static final class Group {
        private final List<StepSeries> many = new ArrayList<>();
        private final List<StepSeries> one = new ArrayList<>();
    }

    /// Where results with one set of labels go, with the steps at which some pair led here.
    private record Target(StepWriter writer, boolean[] reached) {}

    /// @param delayedNameRemoval whether names that `bool` makes wrong are left to the end
    public VectorMatcher(
            ElementOperation operation,
            MatchRule rule,
            boolean returnBool,
            boolean delayedNameRemoval,
            int steps,
            QueryBudget budget) {
        this.operation = operation;
        this.rule = rule;
        this.returnBool = returnBool;
        this.dropNameNow = operation.operator().dropsName() || returnBool && !delayedNameRemoval;
        this.swapped = rule.cardinality() == Cardinality.ONE_TO_MANY;
        this.steps = steps;
        this.budget = budget;
    }

    /// @throws Fault EXECUTION if elements that match are not unique where they have to be
    public List<StepSeries> match(List<StepSeries> left, List<StepSeries> right) {
        boolean fills = rule.fillLeft().isPresent() || rule.fillRight().isPresent();
        if (left.isEmpty() && right.isEmpty() || (left.isEmpty() || right.isEmpty()) && !fills) {
            return List.of();
        }
        Map<Labels, Group> groups = new LinkedHashMap<>();
        List<StepSeries> manySide = swapped ? right : left;
        List<StepSeries> oneSide = swapped ? left : right;
        for (StepSeries series : manySide) {
            group(groups, series).many.add(series);
        }
        for (StepSeries series : oneSide) {
            group(groups, series).one.add(series);
        }
        boolean[] someMany = fills ? null : presence(manySide);
        List<StepSeries> result = new ArrayList<>();
        groups.forEach((signature, group) -> result.addAll(run(signature, group, someMany)));
        return SameLabels.merge(result);
    }

    private Group group(Map<Labels, Group> groups, StepSeries series) {
        return groups.computeIfAbsent(rule.signature().of(series.labels()), signature -> new Group());
    }

    private boolean[] presence(List<StepSeries> series) {
        boolean[] present = new boolean[steps];
        for (StepSeries one : series) {
            for (int step = 0; step < steps; step++) {
                present[step] |= one.has(step);
            }
        }
        return present;
    }

    private List<StepSeries> run(Labels signature, Group group, boolean @Nullable [] someMany) {
        budget.checkDeadline();
        int[] oneAt = oneAt(signature, group, someMany);
        // as Prometheus has it, fill_left is for the "many" side under group_right too
        Double fillOne = rule.fillRight().orElse(null);
        Double fillMany = rule.fillLeft().orElse(null);
        if (group.one.isEmpty() && fillOne == null || group.many.isEmpty() && fillMany == null) {
            return List.of();
        }
        Map<Labels, Target> targets = new LinkedHashMap<>();
        boolean[] matched = new boolean[steps];
        for (StepSeries many : group.many) {
            for (int one = 0; one < group.one.size(); one++) {
                runPair(many, group.one.get(one), oneAt, one, targets, matched);
            }
            if (fillOne != null) {
                runFilled(many, signature, fillOne, oneAt, targets, matched);
            }
        }
        if (fillMany != null) {
            for (StepSeries one : group.one) {
                fillMany(one, signature, fillMany, targets, matched);
            }
        }
        List<StepSeries> result = new ArrayList<>(targets.size());
        targets.forEach((labels, target) -> {
            if (!target.writer.isEmpty()) {
                result.add(target.writer.finish(labels, returnBool));
            }
        });
        return result;
    }

    /// Which series of the "one" side is there, per step.
    private int[] oneAt(Labels signature, Group group, boolean @Nullable [] someMany) {
        int[] oneAt = new int[steps];
        for (int step = 0; step < steps; step++) {
            oneAt[step] = NONE;
            for (int i = 0; i < group.one.size(); i++) {
                if (!group.one.get(i).has(step)) {
                    continue;
                }
                if (oneAt[step] != NONE && (someMany == null || someMany[step])) {
                    throw duplicate(
                            signature,
                            group.one.get(oneAt[step]).labels(),
                            group.one.get(i).labels());
                }
                oneAt[step] = i;
            }
        }
        return oneAt;
    }

    private Fault duplicate(Labels signature, Labels first, Labels second) {
        return new Fault(
                FaultKind.EXECUTION,
                ("found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s]"
                                + ";many-to-many matching not allowed: matching labels must be unique on one side")
                        .formatted(
                                ReservedLabels.braced(signature),
                                swapped ? "left" : "right",
                                ReservedLabels.braced(first),
                                ReservedLabels.braced(second)));
    }

    private void runPair(
            StepSeries many, StepSeries one, int[] oneAt, int index, Map<Labels, Target> targets, boolean[] matched) {
        Target target = null;
        double[] oneValues = one.values();
        double[] manyValues = many.values();
        for (int step = 0; step < steps; step++) {
            if (oneAt[step] != index || !many.has(step)) {
                continue;
            }
            if (target == null) {
                target = target(many.labels(), one.labels(), targets);
            }
            apply(step, manyValues[step], many.histogram(step), oneValues[step], one.histogram(step), target, matched);
        }
    }

    private void runFilled(
            StepSeries many,
            Labels signature,
            double fill,
            int[] oneAt,
            Map<Labels, Target> targets,
            boolean[] matched) {
        Target target = null;
        for (int step = 0; step < steps; step++) {
            if (oneAt[step] == NONE && many.has(step)) {
                target = target == null ? target(many.labels(), signature, targets) : target;
                apply(step, many.values()[step], many.histogram(step), fill, null, target, matched);
            }
        }
    }

    private void fillMany(
            StepSeries one, Labels signature, double fill, Map<Labels, Target> targets, boolean[] matched) {
        Target target = null;
        for (int step = 0; step < steps; step++) {
            if (one.has(step) && !matched[step]) {
                target = target == null ? target(signature, one.labels(), targets) : target;
                apply(step, fill, null, one.values()[step], one.histogram(step), target, matched);
            }
        }
    }

    private Target target(Labels many, Labels one, Map<Labels, Target> targets) {
        return targets.computeIfAbsent(rule.result(many, one, dropNameNow), labels -> {
            budget.hold(steps);
            return new Target(new StepWriter(steps), new boolean[steps]);
        });
    }

    private void apply(
            int step,
            double manyValue,
            @Nullable NativeHistogram many,
            double oneValue,
            @Nullable NativeHistogram one,
            Target target,
            boolean[] matched) {
        Outcome outcome = swapped
                ? operation.apply(oneValue, one, manyValue, many)
                : operation.apply(manyValue, many, oneValue, one);
        if (outcome == Outcome.IMPOSSIBLE) {
            return;
        }
        if (rule.cardinality() == Cardinality.ONE_TO_ONE && matched[step]) {
            throw new Fault(
                    FaultKind.EXECUTION,
                    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }
        matched[step] = true;
        if (target.reached[step]) {
            throw new Fault(
                    FaultKind.EXECUTION, "multiple matches for labels: grouping labels must ensure unique matches");
        }
        target.reached[step] = true;
        if (returnBool) {
            target.writer.set(step, outcome == Outcome.KEPT ? 1 : 0);
            return;
        }
        NativeHistogram histogram = operation.histogram();
        if (outcome == Outcome.KEPT && histogram != null) {
            target.writer.set(step, histogram);
        } else if (outcome == Outcome.KEPT) {
            target.writer.set(step, operation.value());
        }
    }
}
