package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.result.Partial;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Series as rows of a partial: one column of floats.
final class SeriesRows {
    private SeriesRows() {}

    static List<Partial.Row> of(List<StepSeries> series) {
        List<Partial.Row> rows = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            rows.add(Partial.Row.ofFloats(one.labels(), one.values()));
        }
        return rows;
    }

    static Partial partial(List<Partial.Row> rows, int steps, QueryBudget budget) {
        return new Partial(steps, rows, List.of(), rows.size(), budget.peak(), new long[0]);
    }

    /// The series of several pieces, which have different steps, over all steps; by labels.
    static List<StepSeries> join(List<LogsPartial.Steps> pieces, int steps, QueryBudget budget) {
        Map<Labels, double[]> joined = new TreeMap<>();
        for (LogsPartial.Steps piece : pieces) {
            if (piece.firstStep() < 0 || piece.firstStep() + piece.steps().steps() > steps) {
                throw Fault.corrupt("a partial from step %d on, there are %d steps", piece.firstStep(), steps);
            }
            for (Partial.Row row : piece.steps().rows()) {
                double[] values = joined.computeIfAbsent(row.labels(), _ -> {
                    budget.hold(steps);
                    return StepSeries.nothing(steps);
                });
                System.arraycopy(row.columns()[0], 0, values, piece.firstStep(), row.columns()[0].length);
            }
        }
        List<StepSeries> series = new ArrayList<>(joined.size());
        joined.forEach((labels, values) -> series.add(StepSeries.ofFloats(labels, false, values)));
        return series;
    }
}
