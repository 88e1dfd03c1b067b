package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.ql.promql.PromExpr.Call;
import io.lambdascope.ql.promql.PromFunction;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The sorting functions. The order lasts only in an instant query, where there is one step.
final class SortCalls {
    private final Evaluation evaluation;

    SortCalls(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Value.Vector sort(Call call, StepGrid grid) {
        List<StepSeries> input = evaluation.vector(call.args().getFirst(), grid);
        if (!grid.isInstant()) {
            evaluation.annotations.sortInRangeQuery(call.at());
        }
        boolean descending =
                call.function() == PromFunction.SORT_DESC || call.function() == PromFunction.SORT_BY_LABEL_DESC;
        boolean byValue = call.function() == PromFunction.SORT || call.function() == PromFunction.SORT_DESC;
        List<StepSeries> result = byValue ? floatsOf(input) : new ArrayList<>(input);
        if (grid.steps() > 1) {
            return new Value.Vector(result);
        }
        Comparator<StepSeries> order = byValue ? byValue(descending) : byLabels(call, descending);
        result.sort(order.thenComparing(StepSeries::labels));
        return new Value.Vector(result);
    }

    private List<StepSeries> floatsOf(List<StepSeries> input) {
        List<StepSeries> floats = new ArrayList<>(input.size());
        for (StepSeries series : input) {
            if (series.histograms() == null) {
                floats.add(series);
                continue;
            }
            evaluation.budget.hold(series.steps());
            StepWriter writer = new StepWriter(series.steps());
            for (int step = 0; step < series.steps(); step++) {
                writer.set(step, series.values()[step]);
            }
            if (!writer.isEmpty()) {
                floats.add(writer.finish(series.labels(), series.dropName()));
            }
        }
        return floats;
    }

    /// NaN comes last either way.
    private static Comparator<StepSeries> byValue(boolean descending) {
        return (left, right) -> {
            double a = left.values()[0];
            double b = right.values()[0];
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
            }
            int order = a < b ? -1 : a > b ? 1 : 0;
            return descending ? -order : order;
        };
    }

    private Comparator<StepSeries> byLabels(Call call, boolean descending) {
        List<String> names = call.args().stream().skip(1).map(evaluation::text).toList();
        Comparator<StepSeries> order = (left, right) -> compare(left.labels(), right.labels(), names);
        return descending ? order.reversed() : order;
    }

    private static int compare(Labels left, Labels right, List<String> names) {
        for (String name : names) {
            int order = NaturalOrder.compare(left.get(name), right.get(name));
            if (order != 0) {
                return order;
            }
        }
        return left.compareTo(right);
    }
}
