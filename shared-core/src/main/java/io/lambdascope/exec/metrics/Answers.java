package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.AggregateOp;
import io.lambdascope.ql.promql.PromExpr.Aggregation;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromExpr.Type;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.result.Annotation;
import io.lambdascope.result.PromResult;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.ReservedLabels;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the answer to a query out of the worth of its expression.
final class Answers {
    private final Evaluation evaluation;
    private final StepGrid grid;

    Answers(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    PromResult answer(PromExpr expr, Type type) {
        if (type == Type.MATRIX) {
            List<PromResult.Series> series = rangeVector(Evaluation.withoutParens(expr));
            return new PromResult.Matrix(series, annotations());
        }
        Value value = evaluation.eval(expr, grid);
        long at = grid.startMillis();
        return switch (value) {
            case Value.Text(String text) -> new PromResult.Text(at, text, annotations());
            case Value.Scalar(double[] values) ->
                grid.isInstant()
                        ? new PromResult.Scalar(at, values[0], annotations())
                        : matrix(List.of(StepSeries.ofFloats(Labels.EMPTY, false, values)));
            case Value.Vector(List<StepSeries> series) -> {
                List<StepSeries> named = withoutDroppedNames(series);
                if (!grid.isInstant()) {
                    yield matrix(named);
                }
                yield vector(choosesOrder(expr) ? named : SameLabels.inOrder(named));
            }
        };
    }

    /// Whether something in a query puts elements into an order of its own.
    private static boolean choosesOrder(PromExpr expr) {
        boolean chooses = switch (expr) {
            case Call call ->
                switch (call.function()) {
                    case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC -> true;
                    default -> false;
                };
            case Aggregation aggregation ->
                aggregation.op() == AggregateOp.TOPK || aggregation.op() == AggregateOp.BOTTOMK;
            default -> false;
        };
        return chooses || PromWalk.children(expr).stream().anyMatch(Answers::choosesOrder);
    }

    List<Annotation> annotations() {
        List<Annotation> annotations = new ArrayList<>();
        evaluation
                .annotations
                .notes()
                .forEach(note -> annotations.add(new Annotation(
                        note.warning() ? Annotation.Level.WARNING : Annotation.Level.INFO, note.message(), note.at())));
        annotations.sort(Comparator.comparing(Annotation::level).thenComparing(Annotation::message));
        return annotations;
    }

    private List<StepSeries> withoutDroppedNames(List<StepSeries> series) {
        if (!evaluation.delayedNameRemoval()) {
            return grid.isInstant() ? SameLabels.refuse(series) : SameLabels.merge(series);
        }
        List<StepSeries> result = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            result.add(one.dropName() ? one.withLabels(ReservedLabels.drop(one.labels()), false) : one);
        }
        return SameLabels.merge(result);
    }

    private PromResult vector(List<StepSeries> series) {
        List<PromResult.Sample> samples = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            NativeHistogram histogram = one.histogram(0);
            samples.add(new PromResult.Sample(
                    one.labels(),
                    grid.startMillis(),
                    histogram == null ? one.values()[0] : histogram.sum(),
                    histogram));
        }
        return new PromResult.Vector(samples, annotations());
    }

    private PromResult matrix(List<StepSeries> series) {
        List<PromResult.Series> points = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            points.add(points(one, grid));
        }
        points.sort(Comparator.comparing(PromResult.Series::labels));
        return new PromResult.Matrix(points, annotations());
    }

    /// Takes out the steps that hold something.
    private static PromResult.Series points(StepSeries series, StepGrid grid) {
        int steps = series.steps();
        long[] timestamps = new long[steps];
        double[] values = new double[steps];
        @Nullable NativeHistogram[] histograms = series.histograms() == null ? null : new NativeHistogram[steps];
        int n = 0;
        for (int step = 0; step < steps; step++) {
            if (series.has(step)) {
                NativeHistogram histogram = series.histogram(step);
                timestamps[n] = grid.atMillis(step);
                values[n] = histogram == null ? series.values()[step] : histogram.sum();
                if (histogram != null) {
                    Objects.requireNonNull(histograms)[n] = histogram;
                }
                n++;
            }
        }
        return n == steps
                ? new PromResult.Series(series.labels(), timestamps, values, histograms)
                : new PromResult.Series(
                        series.labels(),
                        Arrays.copyOf(timestamps, n),
                        Arrays.copyOf(values, n),
                        histograms == null ? null : Arrays.copyOf(histograms, n));
    }

    private List<PromResult.Series> rangeVector(PromExpr expr) {
        List<PromResult.Series> result = new ArrayList<>();
        switch (expr) {
            case Subquery subquery -> {
                StepGrid inner = evaluation.frame.subqueryGrid(subquery, grid);
                if (inner != null) {
                    List<StepSeries> series =
                            evaluation.samples.atOnce(() -> evaluation.vector(subquery.input(), inner));
                    for (StepSeries one : withoutDroppedNames(series)) {
                        result.add(points(one, inner));
                    }
                }
            }
            case MatrixSelector matrix -> {
                TimeFrame.Reference reference =
                        evaluation.frame.reference(matrix.selector().shift());
                long last = reference.last(grid);
                long from = last - TimeFrame.millis(matrix.range()) + 1;
                evaluation.reads.forEach(matrix.selector(), from, last, (labels, samples) -> {
                    evaluation.budget.hold(samples.size());
                    PromResult.Series series = samplesBetween(labels, samples, from, last);
                    evaluation.samples.add(0, weight(series));
                    if (series.size() > 0) {
                        result.add(series);
                    }
                });
            }
            default -> throw new IllegalStateException("no range vector: " + expr);
        }
        result.sort(Comparator.comparing(PromResult.Series::labels));
        return result;
    }

    private static long weight(PromResult.Series series) {
        long weight = 0;
        for (int i = 0; i < series.size(); i++) {
            NativeHistogram histogram = series.histogram(i);
            weight += histogram == null ? 1 : histogram.weight();
        }
        return weight;
    }

    private static PromResult.Series samplesBetween(Labels labels, SeriesSamples samples, long from, long last) {
        int size = samples.size();
        long[] timestamps = new long[size];
        double[] values = new double[size];
        @Nullable NativeHistogram[] histograms = samples.hasHistograms() ? new NativeHistogram[size] : null;
        int n = 0;
        for (int i = 0; i < size; i++) {
            long at = samples.timestamp(i);
            if (at < from || at > last || StaleMarker.isStale(samples.value(i))) {
                continue;
            }
            timestamps[n] = at;
            values[n] = samples.value(i);
            if (histograms != null) {
                histograms[n] = samples.histogram(i);
            }
            n++;
        }
        return new PromResult.Series(
                labels,
                Arrays.copyOf(timestamps, n),
                Arrays.copyOf(values, n),
                histograms == null ? null : Arrays.copyOf(histograms, n));
    }
}
