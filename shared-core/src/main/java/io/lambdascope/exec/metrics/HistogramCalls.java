package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.ClassicHistogram;
import io.lambdascope.vector.GoFloat;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.histogram.HistogramStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `histogram_quantile`, `histogram_quantiles` and `histogram_fraction`, over native histograms and over
/// classic ones, whose buckets are series that differ in the label `le` alone.
final class HistogramCalls {
    private static final String BUCKET_LABEL = "le";

    private final Evaluation evaluation;
    private final StepGrid grid;

    /// A classic histogram: its buckets, and native histograms that bear the same labels.
    private static final class Group {
        private final List<StepSeries> buckets = new ArrayList<>();
        private final List<Double> bounds = new ArrayList<>();
    }

    /// What is worked out of a histogram at a step.
    private interface Statistic {
        double ofNative(int step, NativeHistogram histogram, String metricName);

        double ofClassic(int step, ClassicHistogram histogram, String metricName);
    }

    HistogramCalls(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    Value.Vector call(Call call) {
        return switch (call.function()) {
            case HISTOGRAM_QUANTILE -> {
                double[] quantiles = evaluation.scalar(call.args().get(0), grid);
                noteInvalid(quantiles, at(call, 0));
                yield apply(call.args().get(1), quantile(quantiles, at(call, 1)));
            }
            case HISTOGRAM_FRACTION -> {
                double[] lower = evaluation.scalar(call.args().get(0), grid);
                double[] upper = evaluation.scalar(call.args().get(1), grid);
                yield apply(call.args().get(2), fraction(lower, upper, at(call, 2)));
            }
            default -> quantiles(call);
        };
    }

    private static SourceRange at(Call call, int arg) {
        return Evaluation.withoutParens(call.args().get(arg)).at();
    }

    private void noteInvalid(double[] quantiles, SourceRange at) {
        for (double q : quantiles) {
            if (!(q >= 0 && q <= 1)) {
                evaluation.annotations.invalidQuantile(q, at);
            }
        }
    }

    private Value.Vector quantiles(Call call) {
        String label = evaluation.text(call.args().get(1));
        List<StepSeries> result = new ArrayList<>();
        for (int i = 2; i < call.args().size(); i++) {
            double[] quantiles = evaluation.scalar(call.args().get(i), grid);
            noteInvalid(quantiles, at(call, i));
            Value.Vector one = apply(call.args().get(0), quantile(quantiles, at(call, 0)));
            for (StepSeries series : one.series()) {
                result.addAll(labelled(series, label, quantiles));
            }
        }
        return evaluation.merged(result);
    }

    /// One series for each value that the quantile takes.
    private List<StepSeries> labelled(StepSeries series, String label, double[] quantiles) {
        Map<String, StepWriter> byText = new LinkedHashMap<>();
        for (int step = 0; step < quantiles.length; step++) {
            if (series.has(step)) {
                byText.computeIfAbsent(GoFloat.openMetrics(quantiles[step]), text -> {
                            evaluation.budget.hold(grid.steps());
                            return new StepWriter(grid.steps());
                        })
                        .copy(step, series);
            }
        }
        List<StepSeries> labelled = new ArrayList<>();
        byText.forEach(
                (text, writer) -> labelled.add(writer.finish(series.labels().with(label, text), series.dropName())));
        return labelled;
    }

    private Statistic quantile(double[] quantiles, SourceRange at) {
        return new Statistic() {
            @Override
            public double ofNative(int step, NativeHistogram histogram, String metricName) {
                return HistogramStatistics.quantile(quantiles[step], histogram, metricName, evaluation.annotations, at);
            }

            @Override
            public double ofClassic(int step, ClassicHistogram histogram, String metricName) {
                double quantile = histogram.quantile(quantiles[step]);
                if (histogram.isForced()) {
                    evaluation.annotations.forcedMonotonicity(
                            evaluation.delayedNameRemoval() ? metricName : "",
                            at,
                            grid.atMillis(step),
                            histogram.forcedFrom(),
                            histogram.forcedTo(),
                            histogram.forcedDiff());
                }
                return quantile;
            }
        };
    }

    private Statistic fraction(double[] lower, double[] upper, SourceRange at) {
        return new Statistic() {
            @Override
            public double ofNative(int step, NativeHistogram histogram, String metricName) {
                return HistogramStatistics.fraction(
                        lower[step], upper[step], histogram, metricName, evaluation.annotations, at);
            }

            @Override
            public double ofClassic(int step, ClassicHistogram histogram, String metricName) {
                return histogram.fraction(lower[step], upper[step]);
            }
        };
    }

    private Value.Vector apply(PromExpr input, Statistic statistic) {
        List<StepSeries> vector = evaluation.vector(input, grid);
        SourceRange at = Evaluation.withoutParens(input).at();
        Map<Labels, Group> groups = new TreeMap<>();
        for (StepSeries series : vector) {
            addBucket(series, groups, at);
        }
        List<StepSeries> result = new ArrayList<>();
        Map<Labels, boolean[]> mixed = new LinkedHashMap<>();
        for (StepSeries series : vector) {
            if (series.histograms() != null) {
                natives(series, groups, mixed, statistic, at, result);
            }
        }
        groups.forEach((labels, group) -> classic(labels, group, mixed.get(labels), statistic, result));
        return evaluation.merged(result);
    }

    private void addBucket(StepSeries series, Map<Labels, Group> groups, SourceRange at) {
        boolean anyFloat = false;
        for (int step = 0; step < grid.steps() && !anyFloat; step++) {
            anyFloat = series.hasFloat(step);
        }
        if (!anyFloat) {
            return;
        }
        String text = series.labels().get(BUCKET_LABEL);
        OptionalDouble bound = Bounds.parse(text);
        if (bound.isEmpty()) {
            evaluation.annotations.badBucketLabel(series.labels().metricName(), text, at);
            return;
        }
        Group group = groups.computeIfAbsent(series.labels().without(BUCKET_LABEL), labels -> new Group());
        group.buckets.add(series);
        group.bounds.add(bound.getAsDouble());
    }

    private void natives(
            StepSeries series,
            Map<Labels, Group> groups,
            Map<Labels, boolean[]> mixed,
            Statistic statistic,
            SourceRange at,
            List<StepSeries> result) {
        Labels signature = series.labels().without(BUCKET_LABEL);
        Group classic = groups.get(signature);
        evaluation.budget.hold(grid.steps());
        StepWriter writer = new StepWriter(grid.steps());
        for (int step = 0; step < grid.steps(); step++) {
            NativeHistogram histogram = series.histogram(step);
            if (histogram == null) {
                continue;
            }
            if (classic != null && hasBucket(classic, step)) {
                evaluation.annotations.mixedClassicAndNativeHistograms(
                        series.labels().metricName(), at);
                mixed.computeIfAbsent(signature, labels -> new boolean[grid.steps()])[step] = true;
                continue;
            }
            String name = evaluation.unnamed(series.labels()).metricName();
            writer.set(step, statistic.ofNative(step, histogram, name));
        }
        if (!writer.isEmpty()) {
            result.add(writer.finish(evaluation.unnamed(series.labels()), true));
        }
    }

    private static boolean hasBucket(Group group, int step) {
        for (StepSeries bucket : group.buckets) {
            if (bucket.hasFloat(step)) {
                return true;
            }
        }
        return false;
    }

    private void classic(
            Labels labels, Group group, boolean @Nullable [] mixed, Statistic statistic, List<StepSeries> result) {
        evaluation.budget.checkDeadline();
        evaluation.budget.hold(grid.steps());
        StepWriter writer = new StepWriter(grid.steps());
        ClassicHistogram histogram = new ClassicHistogram();
        for (int step = 0; step < grid.steps(); step++) {
            if (mixed != null && mixed[step]) {
                continue;
            }
            histogram.clear();
            for (int i = 0; i < group.buckets.size(); i++) {
                StepSeries bucket = group.buckets.get(i);
                if (bucket.hasFloat(step)) {
                    histogram.add(group.bounds.get(i), bucket.values()[step]);
                }
            }
            if (!histogram.isEmpty()) {
                writer.set(step, statistic.ofClassic(step, histogram, labels.metricName()));
            }
        }
        if (!writer.isEmpty()) {
            result.add(writer.finish(evaluation.unnamed(labels), true));
        }
    }
}
