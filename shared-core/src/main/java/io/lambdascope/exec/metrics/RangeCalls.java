package io.lambdascope.exec.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.MatrixSelector;
import io.lambdascope.ql.promql.PromExpr.Subquery;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.ExtendedRange;
import io.lambdascope.vector.OverTime;
import io.lambdascope.vector.RangeFunction;
import io.lambdascope.vector.RangeWindow;
import io.lambdascope.vector.Rates;
import io.lambdascope.vector.Regression;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.SampleRun;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions over range vectors: series by series, a window that slides over all steps.
final class RangeCalls {
    /// Takes the samples of one series.
    @FunctionalInterface
    private interface RunConsumer {
        /// @param run valid during the call
        void accept(Labels labels, boolean dropName, SampleRun run);
    }

    /// The range of a call.
    private record Ranges(TimeFrame.Reference reference, long rangeMillis, TimeFrame.Reach reach) {}

    private final Evaluation evaluation;
    private final StepGrid grid;

    RangeCalls(Evaluation evaluation, StepGrid grid) {
        this.evaluation = evaluation;
        this.grid = grid;
    }

    Value.Vector call(Call call) {
        PromExpr range = rangeOf(call);
        double @Nullable [][] parameters = parameters(call);
        Ranges ranges = ranges(range);
        RangeFunction function = function(call.function(), range, ranges.rangeMillis);
        SourceRange at = Evaluation.withoutParens(call.args().getFirst()).at();
        List<StepSeries> result = new ArrayList<>();
        RangeWindow[] window = new RangeWindow[1];
        forEachRun(range, (labels, dropName, run) -> {
            if (window[0] == null) {
                window[0] = new RangeWindow(run, evaluation.annotations, at);
            }
            window[0].reset(run, labels);
            evaluation.budget.hold(grid.steps());
            StepWriter writer = slide(window[0], function, ranges, parameters);
            if (writer.isEmpty()) {
                evaluation.budget.release(grid.steps());
            } else {
                noteIfNoCounter(call.function(), labels, writer, at);
                boolean keepsName = call.function() == PromFunction.LAST_OVER_TIME
                        || call.function() == PromFunction.FIRST_OVER_TIME;
                result.add(writer.finish(keepsName ? labels : evaluation.unnamed(labels), !keepsName || dropName));
            }
        });
        return new Value.Vector(evaluation.delayedNameRemoval() ? result : SameLabels.refuse(result));
    }

    /// `absent_over_time`: where no series has a sample.
    boolean[] presence(Call call) {
        PromExpr range = rangeOf(call);
        Ranges ranges = ranges(range);
        boolean[] present = new boolean[grid.steps()];
        forEachRun(range, (labels, dropName, run) -> {
            RangeWindow window = new RangeWindow(run, evaluation.annotations, call.at());
            for (int step = 0; step < present.length; step++) {
                move(window, ranges, step);
                evaluation.samples.add(step, window.weight());
                present[step] |= !window.isEmpty();
            }
        });
        return present;
    }

    static PromExpr rangeOf(Call call) {
        for (PromExpr arg : call.args()) {
            if (PromChecker.typeOf(arg) == PromExpr.Type.MATRIX) {
                return Evaluation.withoutParens(arg);
            }
        }
        throw new IllegalStateException("no range in " + call);
    }

    private double @Nullable [][] parameters(Call call) {
        List<double[]> parameters = new ArrayList<>();
        for (PromExpr arg : call.args()) {
            if (PromChecker.typeOf(arg) == PromExpr.Type.SCALAR) {
                parameters.add(evaluation.scalar(arg, grid));
            }
        }
        return parameters.isEmpty() ? null : parameters.toArray(double[][]::new);
    }

    private Ranges ranges(PromExpr range) {
        return switch (range) {
            case MatrixSelector matrix ->
                new Ranges(
                        evaluation.frame.reference(matrix.selector().shift()),
                        TimeFrame.millis(matrix.range()),
                        evaluation.frame.reach(matrix));
            case Subquery subquery ->
                new Ranges(
                        evaluation.frame.reference(subquery.shift()),
                        TimeFrame.millis(subquery.range()),
                        TimeFrame.Reach.NONE);
            default -> throw new IllegalStateException("no range: " + range);
        };
    }

    private void forEachRun(PromExpr range, RunConsumer consumer) {
        if (range instanceof Subquery subquery) {
            StepGrid inner = evaluation.frame.subqueryGrid(subquery, grid);
            if (inner != null) {
                List<StepSeries> points = evaluation.samples.notAtAll(() -> evaluation.vector(subquery.input(), inner));
                for (StepSeries series : points) {
                    evaluation.budget.checkDeadline();
                    consumer.accept(series.labels(), series.dropName(), SampleRun.of(series, inner));
                }
            }
            return;
        }
        MatrixSelector matrix = (MatrixSelector) range;
        Ranges ranges = ranges(range);
        boolean starts = evaluation.settings.useStartTimestamps();
        evaluation.reads.forEach(
                matrix.selector(),
                ranges.reference.first(grid) - ranges.rangeMillis - ranges.reach.beforeMillis() + 1,
                ranges.reference.last(grid) + ranges.reach.afterMillis(),
                (labels, samples) -> consumer.accept(labels, false, SampleRun.of(samples, starts)));
    }

    private void move(RangeWindow window, Ranges ranges, int step) {
        long end = ranges.reference.at(grid, step);
        window.moveTo(
                end - ranges.rangeMillis,
                end,
                grid.atMillis(step),
                ranges.reach.beforeMillis(),
                ranges.reach.afterMillis());
    }

    private StepWriter slide(
            RangeWindow window, RangeFunction function, Ranges ranges, double @Nullable [][] parameters) {
        int steps = grid.steps();
        StepWriter writer = new StepWriter(steps);
        for (int step = 0; step < steps; step++) {
            move(window, ranges, step);
            if (window.isEmpty()) {
                continue;
            }
            evaluation.samples.add(step, window.weight());
            if (parameters != null) {
                window.parameters(parameters[0][step], parameters.length > 1 ? parameters[1][step] : 0);
            }
            double value = function.apply(window);
            NativeHistogram histogram = window.takeHistogram();
            if (histogram != null) {
                writer.set(step, histogram);
            } else {
                writer.set(step, value);
            }
        }
        return writer;
    }

    private void noteIfNoCounter(PromFunction function, Labels labels, StepWriter writer, SourceRange at) {
        if (function != PromFunction.RATE && function != PromFunction.INCREASE || !writer.hasFloats()) {
            return;
        }
        String name = labels.metricName();
        boolean counter =
                name.endsWith("_total") || name.endsWith("_sum") || name.endsWith("_count") || name.endsWith("_bucket");
        if (!name.isEmpty() && !counter) {
            evaluation.annotations.possiblyNotCounter(name, at);
        }
    }

    private static RangeFunction function(PromFunction function, PromExpr range, long rangeMillis) {
        Edges edges = range instanceof MatrixSelector matrix ? matrix.selector().edges() : Edges.PLAIN;
        if (edges != Edges.PLAIN) {
            return extended(function, edges, rangeMillis);
        }
        return switch (function) {
            case RATE -> Rates.extrapolated(true, true, rangeMillis);
            case INCREASE -> Rates.extrapolated(true, false, rangeMillis);
            case DELTA -> Rates.extrapolated(false, false, rangeMillis);
            case IRATE -> Rates.lastTwo(true);
            case IDELTA -> Rates.lastTwo(false);
            case DERIV -> Regression::deriv;
            case PREDICT_LINEAR -> Regression::predictLinear;
            case DOUBLE_EXPONENTIAL_SMOOTHING -> Regression::doubleExponentialSmoothing;
            case CHANGES -> OverTime::changes;
            case RESETS -> OverTime::resets;
            case AVG_OVER_TIME -> OverTime::avg;
            case SUM_OVER_TIME -> OverTime::sum;
            case COUNT_OVER_TIME -> OverTime::count;
            case MIN_OVER_TIME -> OverTime::min;
            case MAX_OVER_TIME -> OverTime::max;
            case LAST_OVER_TIME -> OverTime::last;
            case FIRST_OVER_TIME -> OverTime::first;
            case PRESENT_OVER_TIME -> OverTime::present;
            case STDDEV_OVER_TIME -> OverTime::stddev;
            case STDVAR_OVER_TIME -> OverTime::stdvar;
            case QUANTILE_OVER_TIME -> OverTime::quantile;
            case MAD_OVER_TIME -> OverTime::medianAbsoluteDeviation;
            case TS_OF_FIRST_OVER_TIME -> OverTime::timeOfFirst;
            case TS_OF_LAST_OVER_TIME -> OverTime::timeOfLast;
            case TS_OF_MAX_OVER_TIME -> OverTime.timeOfExtreme(true);
            case TS_OF_MIN_OVER_TIME -> OverTime.timeOfExtreme(false);
            default -> throw new IllegalStateException("no function over a range: " + function);
        };
    }

    private static RangeFunction extended(PromFunction function, Edges edges, long rangeMillis) {
        boolean smoothed = edges == Edges.SMOOTHED;
        return switch (function) {
            case RATE -> ExtendedRange.rate(true, true, smoothed, rangeMillis);
            case INCREASE -> ExtendedRange.rate(true, false, smoothed, rangeMillis);
            case DELTA -> ExtendedRange.rate(false, false, smoothed, rangeMillis);
            case CHANGES, RESETS -> {
                if (smoothed) {
                    throw refused(function, "smoothed");
                }
                yield ExtendedRange.pairs(function == PromFunction.RESETS);
            }
            default -> throw refused(function, smoothed ? "smoothed" : "anchored");
        };
    }

    private static Fault refused(PromFunction function, String modifier) {
        String allowed =
                modifier.equals("smoothed") ? "delta, increase, rate" : "changes, delta, increase, rate, resets";
        return new Fault(
                FaultKind.EXECUTION,
                "%s modifier can only be used with: %s - not with %s".formatted(modifier, allowed, function.text()));
    }
}
