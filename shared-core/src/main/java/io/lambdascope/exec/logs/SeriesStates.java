package io.lambdascope.exec.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.result.Partial;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the samples of each series have come to, step by step; those of several places can be put together.
final class SeriesStates {
    private final StepState kind;
    private final int steps;
    private final QueryBudget budget;
    private final Map<Labels, double[][]> bySeries = new TreeMap<>();

    SeriesStates(StepState kind, int steps, QueryBudget budget) {
        this.kind = kind;
        this.steps = steps;
        this.budget = budget;
    }

    int steps() {
        return steps;
    }

    /// Adds what other samples of a series have come to.
    ///
    /// @param state begins at step `firstStep`; taken over
    void add(Labels series, int firstStep, double[][] state) {
        double[][] mine = bySeries.get(series);
        if (mine == null) {
            budget.hold((long) kind.columns() * steps);
            if (state[0].length == steps) {
                bySeries.put(series, state);
                return;
            }
            mine = kind.room(steps);
            bySeries.put(series, mine);
        }
        for (int step = 0; step < state[0].length; step++) {
            kind.merge(mine, firstStep + step, state, step);
        }
    }

    /// Adds what another place has found.
    void addAll(int firstStep, Partial partial) {
        if (firstStep < 0 || firstStep + partial.steps() > steps) {
            throw Fault.corrupt(
                    "a partial of steps %d to %d, there are %d", firstStep, firstStep + partial.steps(), steps);
        }
        partial.rows().forEach(row -> add(row.labels(), firstStep, row.columns()));
    }

    /// The first step at which some series has samples, 0 if none has.
    int firstStep() {
        for (int step = 0; step < steps; step++) {
            if (isUsed(step)) {
                return step;
            }
        }
        return 0;
    }

    private boolean isUsed(int step) {
        for (double[][] state : bySeries.values()) {
            if (state[0][step] != 0) {
                return true;
            }
        }
        return false;
    }

    /// All of it from `firstStep` to the last step that is used.
    Partial partial(int firstStep) {
        int end = steps;
        while (end > firstStep && !isUsed(end - 1)) {
            end--;
        }
        List<Partial.Row> rows = new ArrayList<>(bySeries.size());
        for (Map.Entry<Labels, double[][]> series : bySeries.entrySet()) {
            double[][] columns = new double[kind.columns()][];
            for (int column = 0; column < columns.length; column++) {
                columns[column] = Arrays.copyOfRange(series.getValue()[column], firstStep, end);
            }
            rows.add(Partial.Row.ofFloats(series.getKey(), columns));
        }
        return SeriesRows.partial(rows, end - firstStep, budget);
    }

    /// The results, by labels.
    List<StepSeries> results() {
        List<StepSeries> results = new ArrayList<>(bySeries.size());
        bySeries.forEach((labels, state) -> {
            double[] values = new double[steps];
            for (int step = 0; step < steps; step++) {
                values[step] = kind.value(state, step);
            }
            results.add(StepSeries.ofFloats(labels, false, values));
        });
        return results;
    }
}
