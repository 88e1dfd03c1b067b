package io.lambdascope.exec.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.result.Partial;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.GoFloat;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.aggregate.CountAccumulator;
import io.lambdascope.vector.aggregate.ExtremeAccumulator;
import io.lambdascope.vector.aggregate.GroupAccumulator;
import io.lambdascope.vector.aggregate.GroupState;
import io.lambdascope.vector.aggregate.MergeableAccumulator;
import io.lambdascope.vector.aggregate.QuantileAccumulator;
import io.lambdascope.vector.aggregate.SumAccumulator;
import io.lambdascope.vector.aggregate.TopK;
import io.lambdascope.vector.aggregate.VarianceAccumulator;
import io.lambdascope.vector.histogram.HistogramText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Aggregation operators.
final class Aggregations {
    private static final double[] NO_QUANTILES = new double[0];

    private final Evaluation evaluation;
    private final StepGrid grid;

    private static final class Group {
        private final GroupAccumulator accumulator;
        private boolean dropName;

        private Group(GroupAccumulator accumulator) {
            this.accumulator = accumulator;
        }
    }

    Aggregations(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    Value.Vector aggregate(Aggregation aggregation) {
        Grouping grouping = grouping(aggregation);
        return new Value.Vector(
                switch (aggregation.op()) {
                    case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR, QUANTILE -> reduce(aggregation, grouping);
                    case TOPK, BOTTOMK -> topK(aggregation, grouping);
                    case LIMITK -> limitK(aggregation, grouping);
                    case LIMIT_RATIO -> limitRatio(aggregation);
                    case COUNT_VALUES -> countValues(aggregation);
                });
    }

    private static Grouping grouping(Aggregation aggregation) {
        List<String> labels = aggregation.grouping().labels();
        return aggregation.grouping().without() ? Grouping.without(labels) : Grouping.by(labels);
    }

    private List<StepSeries> reduce(Aggregation aggregation, Grouping grouping) {
        double[] parameter = NO_QUANTILES;
        if (aggregation.op() == AggregateOp.QUANTILE) {
            parameter = parameter(aggregation);
            for (double q : parameter) {
                if (!(q >= 0 && q <= 1)) {
                    evaluation.annotations.invalidQuantile(
                            q, parameterExpr(aggregation).at());
                }
            }
        }
        Map<Labels, Group> groups = accumulate(aggregation, grouping, parameter);
        return finish(groups);
    }

    private Map<Labels, Group> accumulate(Aggregation aggregation, Grouping grouping, double[] quantiles) {
        Map<Labels, Group> groups = new TreeMap<>();
        for (StepSeries series : evaluation.vector(aggregation.input(), grid)) {
            evaluation.budget.checkDeadline();
            Group group = group(groups, grouping.of(series.labels()), aggregation, quantiles);
            group.accumulator.add(series);
            group.dropName |= series.dropName();
        }
        return groups;
    }

    private Group group(Map<Labels, Group> groups, Labels labels, Aggregation aggregation, double[] quantiles) {
        return groups.computeIfAbsent(labels, key -> {
            evaluation.budget.hold(3L * grid.steps());
            return new Group(accumulator(aggregation, quantiles));
        });
    }

    private List<StepSeries> finish(Map<Labels, Group> groups) {
        List<StepSeries> result = new ArrayList<>(groups.size());
        groups.forEach((labels, group) -> {
            evaluation.budget.hold(grid.steps());
            StepSeries series = group.accumulator.finish(labels, group.dropName);
            if (!series.isEmpty()) {
                result.add(series);
            }
        });
        return result;
    }

    /// The states of the groups of an aggregation that can be merged, rather than their results.
    List<Partial.Row> states(Aggregation aggregation) {
        List<Partial.Row> rows = new ArrayList<>();
        accumulate(aggregation, grouping(aggregation), NO_QUANTILES).forEach((labels, group) -> {
            GroupState state = ((MergeableAccumulator) group.accumulator).state();
            rows.add(new Partial.Row(labels, group.dropName, state.metricName(), state.columns(), state.histograms()));
        });
        return rows;
    }

    /// The result of such an aggregation out of the states of its groups in several places.
    Value.Vector merge(Aggregation aggregation, List<List<Partial.Row>> places) {
        Map<Labels, Group> groups = new TreeMap<>();
        for (List<Partial.Row> rows : places) {
            for (Partial.Row row : rows) {
                Group group = group(groups, row.labels(), aggregation, NO_QUANTILES);
                ((MergeableAccumulator) group.accumulator)
                        .merge(new GroupState(row.columns(), row.histograms(), row.metricName()));
                group.dropName |= row.dropName();
            }
        }
        return new Value.Vector(finish(groups));
    }

    private GroupAccumulator accumulator(Aggregation aggregation, double[] quantiles) {
        int steps = grid.steps();
        SourceRange at = Evaluation.withoutParens(aggregation.input()).at();
        return switch (aggregation.op()) {
            case SUM -> new SumAccumulator(steps, false, evaluation.annotations, at);
            case AVG -> new SumAccumulator(steps, true, evaluation.annotations, at);
            case MIN -> new ExtremeAccumulator(steps, false, evaluation.annotations, at);
            case MAX -> new ExtremeAccumulator(steps, true, evaluation.annotations, at);
            case COUNT -> new CountAccumulator(steps, false);
            case GROUP -> new CountAccumulator(steps, true);
            case STDDEV -> new VarianceAccumulator(steps, true, evaluation.annotations, at);
            case STDVAR -> new VarianceAccumulator(steps, false, evaluation.annotations, at);
            case QUANTILE -> new QuantileAccumulator(quantiles, evaluation.annotations, at);
            case TOPK, BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO ->
                throw new IllegalStateException("no reduction: " + aggregation.op());
        };
    }

    private static PromExpr parameterExpr(Aggregation aggregation) {
        return Evaluation.withoutParens(Objects.requireNonNull(aggregation.parameter(), "checked"));
    }

    private double[] parameter(Aggregation aggregation) {
        return evaluation.scalar(parameterExpr(aggregation), grid);
    }

    /// The `k` of topk and its like, per step.
    private double[] counts(Aggregation aggregation) {
        double[] counts = parameter(aggregation);
        for (double count : counts) {
            if (Double.isNaN(count)) {
                throw new Fault(FaultKind.EXECUTION, "Parameter value is NaN");
            }
            if (count > Long.MAX_VALUE || count < Long.MIN_VALUE) {
                throw new Fault(
                        FaultKind.EXECUTION,
                        "Scalar value %s %s int64"
                                .formatted(GoFloat.general(count), count > 0 ? "overflows" : "underflows"));
            }
        }
        return counts;
    }

    private Map<Labels, List<StepSeries>> groups(Aggregation aggregation, Grouping grouping) {
        Map<Labels, List<StepSeries>> groups = new TreeMap<>();
        // which of equal elements is chosen must not depend on where they came from
        for (StepSeries series : SameLabels.inOrder(evaluation.vector(aggregation.input(), grid))) {
            groups.computeIfAbsent(grouping.of(series.labels()), labels -> new ArrayList<>())
                    .add(series);
        }
        return groups;
    }

    private List<StepSeries> topK(Aggregation aggregation, Grouping grouping) {
        double[] counts = counts(aggregation);
        TopK topK = new TopK(aggregation.op() == AggregateOp.TOPK, evaluation.annotations, aggregation.at());
        List<StepSeries> result = new ArrayList<>();
        groups(aggregation, grouping).values().forEach(group -> {
            evaluation.budget.checkDeadline();
            evaluation.budget.hold((long) group.size() * grid.steps());
            result.addAll(topK.choose(group, counts));
        });
        return result;
    }

    private List<StepSeries> limitK(Aggregation aggregation, Grouping grouping) {
        double[] counts = counts(aggregation);
        List<StepSeries> result = new ArrayList<>();
        groups(aggregation, grouping).values().forEach(group -> {
            int[] taken = new int[grid.steps()];
            for (StepSeries series : group) {
                evaluation.budget.hold(grid.steps());
                StepWriter writer = new StepWriter(grid.steps());
                for (int step = 0; step < taken.length; step++) {
                    if (series.has(step) && taken[step] < (long) counts[step]) {
                        taken[step]++;
                        writer.copy(step, series);
                    }
                }
                add(result, writer, series);
            }
        });
        return result;
    }

    private static void add(List<StepSeries> result, StepWriter writer, StepSeries from) {
        if (!writer.isEmpty()) {
            result.add(writer.finish(from.labels(), from.dropName()));
        }
    }

    /// A series is in or out by its hash, so that it is always the same ones, and a negative ratio gives the
    /// others.
    private List<StepSeries> limitRatio(Aggregation aggregation) {
        double[] ratios = parameter(aggregation);
        for (int step = 0; step < ratios.length; step++) {
            double ratio = ratios[step];
            if (Double.isNaN(ratio)) {
                throw new Fault(FaultKind.EXECUTION, "Ratio value is NaN");
            }
            if (Math.abs(ratio) > 1) {
                ratios[step] = Math.signum(ratio);
                evaluation.annotations.invalidRatio(
                        ratio, ratios[step], parameterExpr(aggregation).at());
            }
        }
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : evaluation.vector(aggregation.input(), grid)) {
            double place = unsigned(series.labels().stableHash()) / 0x1p64;
            evaluation.budget.hold(grid.steps());
            StepWriter writer = new StepWriter(grid.steps());
            for (int step = 0; step < ratios.length; step++) {
                double ratio = ratios[step];
                if (series.has(step) && (ratio >= 0 ? place < ratio : place >= 1 + ratio)) {
                    writer.copy(step, series);
                }
            }
            add(result, writer, series);
        }
        return result;
    }

    private static double unsigned(long hash) {
        double half = (hash >>> 1) * 2.0;
        return half + (hash & 1);
    }

    private List<StepSeries> countValues(Aggregation aggregation) {
        String valueLabel = evaluation.text(parameterExpr(aggregation));
        if (!ValidText.isLabelName(valueLabel)) {
            throw new Fault(FaultKind.EXECUTION, "invalid label name " + LabelText.quote(valueLabel));
        }
        List<String> labels = new ArrayList<>(aggregation.grouping().labels());
        if (!aggregation.grouping().without()) {
            labels.add(valueLabel);
        }
        Grouping grouping = aggregation.grouping().without() ? Grouping.without(labels) : Grouping.by(labels);
        Map<Labels, double[]> counts = new TreeMap<>();
        for (StepSeries series : evaluation.vector(aggregation.input(), grid)) {
            evaluation.budget.checkDeadline();
            for (int step = 0; step < grid.steps(); step++) {
                if (!series.has(step)) {
                    continue;
                }
                NativeHistogram histogram = series.histogram(step);
                String text = histogram == null ? GoFloat.plain(series.values()[step]) : HistogramText.print(histogram);
                double[] group =
                        counts.computeIfAbsent(grouping.of(series.labels().with(valueLabel, text)), key -> {
                            evaluation.budget.hold(grid.steps());
                            return StepSeries.nothing(grid.steps());
                        });
                group[step] = StepSeries.isAbsent(group[step]) ? 1 : group[step] + 1;
            }
        }
        List<StepSeries> result = new ArrayList<>(counts.size());
        counts.forEach((key, values) -> result.add(StepSeries.ofFloats(key, false, values)));
        return result;
    }
}
