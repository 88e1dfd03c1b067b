package io.lambdascope.vector.match;

import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.match.ElementOperation.Outcome;
import java.util.ArrayList;
import java.util.List;

/// An arithmetic or comparison operator between a vector and a scalar. A comparison keeps the vector's element, on
/// whichever side it stands.
public final class ScalarMatcher {
    private final ElementOperation operation;
    private final boolean returnBool;
    private final QueryBudget budget;

    public ScalarMatcher(ElementOperation operation, boolean returnBool, QueryBudget budget) {
        this.operation = operation;
        this.returnBool = returnBool;
        this.budget = budget;
    }

    /// What is left of `series`, each with its labels.
    ///
    /// @param scalar one per step
    public List<StepSeries> match(List<StepSeries> series, double[] scalar, boolean scalarIsLeft) {
        List<StepSeries> result = new ArrayList<>(series.size());
        for (StepSeries one : series) {
            budget.checkDeadline();
            budget.hold(scalar.length);
            StepWriter writer = new StepWriter(scalar.length);
            for (int step = 0; step < scalar.length; step++) {
                if (one.has(step)) {
                    set(writer, step, one, scalar[step], scalarIsLeft);
                }
            }
            if (!writer.isEmpty()) {
                result.add(writer.finish(one.labels(), one.dropName()));
            }
        }
        return result;
    }

    private void set(StepWriter writer, int step, StepSeries series, double scalar, boolean scalarIsLeft) {
        NativeHistogram histogram = series.histogram(step);
        double value = series.values()[step];
        Outcome outcome = scalarIsLeft
                ? operation.apply(scalar, null, value, histogram)
                : operation.apply(value, histogram, scalar, null);
        if (outcome == Outcome.IMPOSSIBLE) {
            return;
        }
        if (returnBool) {
            writer.set(step, outcome == Outcome.KEPT ? 1 : 0);
        } else if (outcome == Outcome.KEPT && operation.operator().isComparison()) {
            writer.copy(step, series);
        } else if (outcome == Outcome.KEPT) {
            NativeHistogram result = operation.histogram();
            if (result != null) {
                writer.set(step, result);
            } else {
                writer.set(step, operation.value());
            }
        }
    }
}
