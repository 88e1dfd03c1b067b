package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.histogram.HistogramStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/// Function calls.
final class Calls {
    private final Evaluation evaluation;

    Calls(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Value call(Call call, StepGrid grid) {
        PromFunction function = call.function();
        return switch (function) {
            case RATE,
                    INCREASE,
                    DELTA,
                    IRATE,
                    IDELTA,
                    DERIV,
                    PREDICT_LINEAR,
                    DOUBLE_EXPONENTIAL_SMOOTHING,
                    CHANGES,
                    RESETS,
                    AVG_OVER_TIME,
                    SUM_OVER_TIME,
                    COUNT_OVER_TIME,
                    MIN_OVER_TIME,
                    MAX_OVER_TIME,
                    LAST_OVER_TIME,
                    FIRST_OVER_TIME,
                    PRESENT_OVER_TIME,
                    STDDEV_OVER_TIME,
                    STDVAR_OVER_TIME,
                    QUANTILE_OVER_TIME,
                    MAD_OVER_TIME,
                    TS_OF_FIRST_OVER_TIME,
                    TS_OF_LAST_OVER_TIME,
                    TS_OF_MAX_OVER_TIME,
                    TS_OF_MIN_OVER_TIME -> new RangeCalls(evaluation, grid).call(call);
            case ABSENT_OVER_TIME -> absent(call, grid, new RangeCalls(evaluation, grid).presence(call));
            case ABSENT ->
                absent(call, grid, presence(evaluation.vector(call.args().getFirst(), grid), grid));
            case ABS,
                    ACOS,
                    ACOSH,
                    ASIN,
                    ASINH,
                    ATAN,
                    ATANH,
                    CEIL,
                    COS,
                    COSH,
                    DEG,
                    EXP,
                    FLOOR,
                    LN,
                    LOG10,
                    LOG2,
                    RAD,
                    SGN,
                    SIN,
                    SINH,
                    SQRT,
                    TAN,
                    TANH -> mapFloats(call, grid, FloatFunctions.of(function));
            case ROUND, CLAMP, CLAMP_MIN, CLAMP_MAX -> bounded(call, grid);
            case TIME -> moments(grid);
            case START -> Value.Scalar.constant(evaluation.frame.query().startMillis() / 1000.0, grid.steps());
            case END -> Value.Scalar.constant(evaluation.frame.query().endMillis() / 1000.0, grid.steps());
            case STEP -> Value.Scalar.constant(evaluation.frame.query().stepMillis() / 1000.0, grid.steps());
            case RANGE ->
                Value.Scalar.constant(
                        (evaluation.frame.query().endMillis()
                                        - evaluation.frame.query().startMillis())
                                / 1000.0,
                        grid.steps());
            case PI -> Value.Scalar.constant(Math.PI, grid.steps());
            case MIN_OF, MAX_OF -> choose(call, grid, function == PromFunction.MIN_OF);
            case SCALAR -> scalarOf(evaluation.vector(call.args().getFirst(), grid), grid);
            case VECTOR ->
                new Value.Vector(List.of(StepSeries.ofFloats(
                        Labels.EMPTY, false, evaluation.scalar(call.args().getFirst(), grid))));
            case TIMESTAMP -> timestamp(call, grid);
            case START_TIMESTAMP -> startTimestamp(call, grid);
            case DAYS_IN_MONTH, DAY_OF_MONTH, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, MONTH, YEAR -> dates(call, grid);
            case LABEL_REPLACE -> new LabelCalls(evaluation).replace(call, grid);
            case LABEL_JOIN -> new LabelCalls(evaluation).join(call, grid);
            case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC -> new SortCalls(evaluation).sort(call, grid);
            case INFO -> new InfoCall(evaluation, grid).call(call);
            case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION ->
                new HistogramCalls(evaluation, grid).call(call);
            case HISTOGRAM_COUNT -> mapHistograms(call, grid, NativeHistogram::count);
            case HISTOGRAM_SUM -> mapHistograms(call, grid, NativeHistogram::sum);
            case HISTOGRAM_AVG -> mapHistograms(call, grid, histogram -> histogram.sum() / histogram.count());
            case HISTOGRAM_STDVAR -> mapHistograms(call, grid, HistogramStatistics::variance);
            case HISTOGRAM_STDDEV ->
                mapHistograms(call, grid, histogram -> Math.sqrt(HistogramStatistics.variance(histogram)));
        };
    }

    private Value.Vector mapFloats(Call call, StepGrid grid, DoubleUnaryOperator function) {
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : evaluation.vector(call.args().getFirst(), grid)) {
            evaluation.budget.checkDeadline();
            evaluation.budget.hold(grid.steps());
            StepWriter writer = new StepWriter(grid.steps());
            double[] values = series.values();
            for (int step = 0; step < values.length; step++) {
                if (!StepSeries.isAbsent(values[step])) {
                    writer.set(step, function.applyAsDouble(values[step]));
                }
            }
            addUnnamed(result, writer, series);
        }
        return evaluation.merged(result);
    }

    private void addUnnamed(List<StepSeries> result, StepWriter writer, StepSeries from) {
        if (!writer.isEmpty()) {
            result.add(writer.finish(evaluation.unnamed(from.labels()), true));
        }
    }

    private Value.Vector mapHistograms(Call call, StepGrid grid, ToDoubleFunction<NativeHistogram> function) {
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : evaluation.vector(call.args().getFirst(), grid)) {
            if (series.histograms() == null) {
                continue;
            }
            evaluation.budget.hold(grid.steps());
            StepWriter writer = new StepWriter(grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                NativeHistogram histogram = series.histogram(step);
                if (histogram != null) {
                    writer.set(step, function.applyAsDouble(histogram));
                }
            }
            addUnnamed(result, writer, series);
        }
        return evaluation.merged(result);
    }

    /// `round` and the clamps: functions of a float and of scalars that may change from step to step.
    private Value.Vector bounded(Call call, StepGrid grid) {
        List<StepSeries> input = evaluation.vector(call.args().getFirst(), grid);
        double[] first = call.args().size() > 1
                ? evaluation.scalar(call.args().get(1), grid)
                : Value.Scalar.constant(1, grid.steps()).values();
        double[] second = call.args().size() > 2 ? evaluation.scalar(call.args().get(2), grid) : first;
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : input) {
            evaluation.budget.hold(grid.steps());
            StepWriter writer = new StepWriter(grid.steps());
            for (int step = 0; step < first.length; step++) {
                if (series.hasFloat(step)) {
                    writer.set(step, bounded(call.function(), series.values()[step], first[step], second[step]));
                }
            }
            addUnnamed(result, writer, series);
        }
        return evaluation.merged(result);
    }

    private static double bounded(PromFunction function, double value, double first, double second) {
        return switch (function) {
            // the inverse rounds less than dividing by the step does
            case ROUND -> {
                double inverse = 1 / first;
                yield Math.floor(value * inverse + 0.5) / inverse;
            }
            case CLAMP_MIN -> Math.max(first, value);
            case CLAMP_MAX -> Math.min(first, value);
            default -> second < first ? StepSeries.ABSENT : Math.max(first, Math.min(second, value));
        };
    }

    private static Value.Scalar moments(StepGrid grid) {
        double[] moments = new double[grid.steps()];
        for (int step = 0; step < moments.length; step++) {
            moments[step] = grid.atMillis(step) / 1000.0;
        }
        return new Value.Scalar(moments);
    }

    private Value.Scalar choose(Call call, StepGrid grid, boolean min) {
        double[] a = evaluation.scalar(call.args().get(0), grid);
        double[] b = evaluation.scalar(call.args().get(1), grid);
        double[] chosen = new double[a.length];
        for (int step = 0; step < a.length; step++) {
            chosen[step] = min ? Math.min(a[step], b[step]) : Math.max(a[step], b[step]);
        }
        return new Value.Scalar(chosen);
    }

    /// The float of the only element that is one, else NaN.
    private static Value.Scalar scalarOf(List<StepSeries> vector, StepGrid grid) {
        double[] values = Value.Scalar.constant(Double.NaN, grid.steps()).values();
        int[] found = new int[values.length];
        for (StepSeries series : vector) {
            for (int step = 0; step < values.length; step++) {
                if (series.hasFloat(step)) {
                    values[step] = found[step]++ == 0 ? series.values()[step] : Double.NaN;
                }
            }
        }
        return new Value.Scalar(values);
    }

    private static boolean[] presence(List<StepSeries> vector, StepGrid grid) {
        boolean[] present = new boolean[grid.steps()];
        for (StepSeries series : vector) {
            for (int step = 0; step < present.length; step++) {
                present[step] |= series.has(step);
            }
        }
        return present;
    }

    private static Value.Vector absent(Call call, StepGrid grid, boolean[] present) {
        StepWriter writer = new StepWriter(grid.steps());
        for (int step = 0; step < present.length; step++) {
            if (!present[step]) {
                writer.set(step, 1);
            }
        }
        if (writer.isEmpty()) {
            return new Value.Vector(List.of());
        }
        return new Value.Vector(List.of(writer.finish(absentLabels(call.args().getFirst()), false)));
    }

    /// What the selector says of the series that is not there: its `=` conditions, but none on the name, and
    /// none on a label with another condition.
    private static Labels absentLabels(PromExpr expr) {
        List<Matcher> matchers = switch (Evaluation.withoutParens(expr)) {
            case VectorSelector selector -> selector.matchers();
            case MatrixSelector matrix -> matrix.selector().matchers();
            default -> List.of();
        };
        Labels.Builder labels = new Labels.Builder();
        Set<String> seen = new HashSet<>();
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME)) {
                continue;
            }
            if (matcher.op() == Matcher.Op.EQUAL && seen.add(matcher.name())) {
                labels.set(matcher.name(), matcher.value());
            } else {
                labels.remove(matcher.name());
            }
        }
        return labels.build();
    }

    /// Only a selector itself knows the moments of its samples; anything else is as of the step.
    private Value.Vector timestamp(Call call, StepGrid grid) {
        PromExpr arg = Evaluation.withoutParens(call.args().getFirst());
        List<StepSeries> result = new ArrayList<>();
        if (arg instanceof VectorSelector selector) {
            for (StepSeries series : new InstantSelectors(evaluation)
                    .select(selector, grid, InstantSelectors.Pick.TIMESTAMP)
                    .series()) {
                result.add(series.withLabels(evaluation.unnamed(series.labels()), true));
            }
            return evaluation.merged(result);
        }
        for (StepSeries series : evaluation.vector(arg, grid)) {
            evaluation.budget.hold(grid.steps());
            StepWriter writer = new StepWriter(grid.steps());
            for (int step = 0; step < grid.steps(); step++) {
                if (series.has(step)) {
                    writer.set(step, grid.atMillis(step) / 1000.0);
                }
            }
            addUnnamed(result, writer, series);
        }
        return evaluation.merged(result);
    }

    private Value.Vector startTimestamp(Call call, StepGrid grid) {
        PromExpr arg = Evaluation.withoutParens(call.args().getFirst());
        if (!(arg instanceof VectorSelector selector)) {
            // for what is said on the way
            var _ = evaluation.vector(arg, grid);
            return new Value.Vector(List.of());
        }
        List<StepSeries> result = new ArrayList<>();
        for (StepSeries series : new InstantSelectors(evaluation)
                .select(selector, grid, InstantSelectors.Pick.START_TIMESTAMP)
                .series()) {
            result.add(series.withLabels(evaluation.unnamed(series.labels()), true));
        }
        return evaluation.merged(result);
    }

    private Value.Vector dates(Call call, StepGrid grid) {
        DoubleUnaryOperator function = FloatFunctions.ofDate(call.function());
        if (!call.args().isEmpty()) {
            return mapFloats(call, grid, function);
        }
        double[] values = moments(grid).values();
        for (int step = 0; step < values.length; step++) {
            values[step] = function.applyAsDouble(Math.floor(values[step]));
        }
        return new Value.Vector(List.of(StepSeries.ofFloats(Labels.EMPTY, false, values)));
    }
}
