package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.logql.LogExpr;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorOp;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.aggregate.CountAccumulator;
import io.lambdascope.vector.aggregate.ExtremeAccumulator;
import io.lambdascope.vector.aggregate.GroupAccumulator;
import io.lambdascope.vector.aggregate.SumAccumulator;
import io.lambdascope.vector.aggregate.TopK;
import io.lambdascope.vector.aggregate.VarianceAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Aggregations over series.
final class Aggregations {
    private final Evaluation evaluation;
    private final int steps;

    Aggregations(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.steps = evaluation.grid.steps();
    }

    Value aggregate(VectorAggregation aggregation) {
        if (aggregation.op() == VectorOp.APPROX_TOPK && !evaluation.grid.isInstant()) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "approx_topk is only supported for instant queries: ask for one moment, or use topk");
        }
        List<StepSeries> input = evaluation.vector(aggregation.input());
        return new Value.Vector(
                switch (aggregation.op()) {
                    case SUM, AVG, MIN, MAX, COUNT, STDDEV, STDVAR -> reduce(aggregation, input);
                    case TOPK, BOTTOMK, APPROX_TOPK -> choose(aggregation, input);
                    case SORT -> sorted(input, false);
                    case SORT_DESC -> sorted(input, true);
                });
    }

    private static Grouping grouping(VectorAggregation aggregation) {
        LogExpr.Grouping grouping = aggregation.grouping();
        if (grouping == null) {
            return Grouping.by(List.of());
        }
        return grouping.without() ? Grouping.without(grouping.labels()) : Grouping.by(grouping.labels());
    }

    private List<StepSeries> reduce(VectorAggregation aggregation, List<StepSeries> input) {
        Grouping grouping = grouping(aggregation);
        Map<Labels, GroupAccumulator> groups = new TreeMap<>();
        // the order of series is the order in which numbers are added up
        for (StepSeries series : SameLabels.inOrder(input)) {
            evaluation.budget.checkDeadline();
            groups.computeIfAbsent(grouping.of(series.labels()), _ -> {
                        evaluation.budget.hold(3L * steps);
                        return accumulator(aggregation);
                    })
                    .add(series);
        }
        List<StepSeries> result = new ArrayList<>(groups.size());
        groups.forEach((labels, group) -> {
            StepSeries series = group.finish(labels, false);
            if (!series.isEmpty()) {
                result.add(series);
            }
        });
        return result;
    }

    private GroupAccumulator accumulator(VectorAggregation aggregation) {
        SourceRange at = aggregation.input().at();
        return switch (aggregation.op()) {
            case SUM -> new SumAccumulator(steps, false, evaluation.annotations, at);
            case AVG -> new SumAccumulator(steps, true, evaluation.annotations, at);
            case MIN -> new ExtremeAccumulator(steps, false, evaluation.annotations, at);
            case MAX -> new ExtremeAccumulator(steps, true, evaluation.annotations, at);
            case COUNT -> new CountAccumulator(steps, false);
            case STDDEV -> new VarianceAccumulator(steps, true, evaluation.annotations, at);
            case STDVAR -> new VarianceAccumulator(steps, false, evaluation.annotations, at);
            case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC ->
                throw new IllegalStateException("no reduction: " + aggregation.op());
        };
    }

    private List<StepSeries> choose(VectorAggregation aggregation, List<StepSeries> input) {
        Grouping grouping = grouping(aggregation);
        Map<Labels, List<StepSeries>> groups = new TreeMap<>();
        // which of equal elements is chosen must not depend on where they came from
        for (StepSeries series : SameLabels.inOrder(input)) {
            groups.computeIfAbsent(grouping.of(series.labels()), _ -> new ArrayList<>())
                    .add(series);
        }
        double[] counts = new double[steps];
        Arrays.fill(counts, aggregation.parameter());
        TopK topK = new TopK(aggregation.op() != VectorOp.BOTTOMK, evaluation.annotations, aggregation.at());
        List<StepSeries> result = new ArrayList<>();
        groups.values().forEach(group -> {
            evaluation.budget.checkDeadline();
            evaluation.budget.hold((long) group.size() * steps);
            result.addAll(topK.choose(group, counts));
        });
        return result;
    }

    /// The order lasts only where there is one step; NaN comes last either way.
    private List<StepSeries> sorted(List<StepSeries> input, boolean descending) {
        if (steps > 1) {
            return input;
        }
        List<StepSeries> result = new ArrayList<>(input);
        Comparator<StepSeries> order = (left, right) -> {
            double a = left.values()[0];
            double b = right.values()[0];
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
            }
            return descending ? Double.compare(b, a) : Double.compare(a, b);
        };
        result.sort(order.thenComparing(StepSeries::labels));
        return result;
    }
}
