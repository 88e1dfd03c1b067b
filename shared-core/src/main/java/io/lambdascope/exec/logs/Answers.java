package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.ql.logql.LogExpr.Binary;
import io.lambdascope.ql.logql.LogExpr.LabelReplace;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.ql.logql.LogExpr.NumberLiteral;
import io.lambdascope.ql.logql.LogExpr.Paren;
import io.lambdascope.ql.logql.LogExpr.RangeAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorAggregation;
import io.lambdascope.ql.logql.LogExpr.VectorLiteral;
import io.lambdascope.ql.logql.LogExpr.VectorOp;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.result.LogsResult;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.vector.SameLabels;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes of what a query is worth what is answered.
final class Answers {
    private Answers() {}

    /// @param maxSeries how many series the answer may have
    /// @throws Fault OVER_LIMIT if it has more
    static LogsResult numbers(MetricExpr expr, Value value, NanoGrid grid, int maxSeries) {
        return switch (value) {
            case Value.Scalar(double scalar) -> scalar(scalar, grid);
            case Value.Vector(List<StepSeries> series) -> {
                checkSeries(series.size(), maxSeries);
                yield grid.isInstant()
                        ? vector(sorts(expr) ? series : SameLabels.inOrder(series), grid)
                        : matrix(SameLabels.inOrder(series), grid);
            }
        };
    }

    /// @throws Fault OVER_LIMIT if an answer may not have `count` series
    static void checkSeries(int count, int maxSeries) {
        if (count > maxSeries) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    ("maximum number of series (%d) reached for a single query; consider reducing query cardinality by"
                                    + " adding more specific stream selectors, reducing the time range, or aggregating"
                                    + " results with functions like sum(), count() or topk()")
                            .formatted(maxSeries));
        }
    }

    /// Whether there is a sort anywhere in `expr`: then the order in which it is worked out is that of the answer.
    private static boolean sorts(MetricExpr expr) {
        return switch (expr) {
            case VectorAggregation aggregation ->
                aggregation.op() == VectorOp.SORT
                        || aggregation.op() == VectorOp.SORT_DESC
                        || sorts(aggregation.input());
            case Binary binary -> sorts(binary.left()) || sorts(binary.right());
            case LabelReplace replace -> sorts(replace.input());
            case Paren paren -> sorts(paren.input());
            case RangeAggregation _, NumberLiteral _, VectorLiteral _ -> false;
        };
    }

    private static LogsResult scalar(double value, NanoGrid grid) {
        if (grid.isInstant()) {
            return new LogsResult.Scalar(grid.atMillis(0), value);
        }
        double[] values = new double[grid.steps()];
        Arrays.fill(values, value);
        return matrix(List.of(StepSeries.ofFloats(Labels.EMPTY, false, values)), grid);
    }

    private static LogsResult vector(List<StepSeries> series, NanoGrid grid) {
        List<LogsResult.Sample> samples = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            if (one.has(0)) {
                samples.add(new LogsResult.Sample(one.labels(), grid.atMillis(0), one.values()[0]));
            }
        }
        return new LogsResult.Vector(samples);
    }

    private static LogsResult matrix(List<StepSeries> series, NanoGrid grid) {
        List<LogsResult.Series> points = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            long[] timestamps = new long[grid.steps()];
            double[] values = new double[grid.steps()];
            int n = 0;
            for (int step = 0; step < grid.steps(); step++) {
                if (one.has(step)) {
                    timestamps[n] = grid.atMillis(step);
                    values[n++] = one.values()[step];
                }
            }
            if (n > 0) {
                points.add(new LogsResult.Series(one.labels(), Arrays.copyOf(timestamps, n), Arrays.copyOf(values, n)));
            }
        }
        return new LogsResult.Matrix(points);
    }

    static LogsResult.Lines lines(List<LogsPartial.Found> found) {
        return new LogsResult.Lines(found.stream().map(LogsPartial.Found::line).toList());
    }
}
