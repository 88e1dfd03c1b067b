package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.StepWindows;
import java.util.HashMap;
import java.util.Map;

/// Adds samples up as they come, keeping none of them.
final class StateSink implements SampleSink {
    private final StepState kind;
    private final StepWindows windows;
    private final QueryBudget budget;
    private final Map<Labels, double[][]> cells = new HashMap<>();
    private Labels last = Labels.EMPTY;
    private double[][] lastCells = new double[0][];

    StateSink(StepState kind, StepWindows windows, QueryBudget budget) {
        this.kind = kind;
        this.windows = windows;
        this.budget = budget;
    }

    @Override
    public void add(Labels series, long stream, long timeNanos, double value) {
        if (series != last || lastCells.length == 0) {
            last = series;
            lastCells = cells.computeIfAbsent(series, _ -> {
                budget.hold((long) kind.columns() * windows.cells());
                return kind.room(windows.cells());
            });
        }
        kind.add(lastCells, windows.cell(), timeNanos, stream, value);
    }

    /// What all samples have come to.
    SeriesStates finish() {
        int steps = windows.grid().steps();
        SeriesStates states = new SeriesStates(kind, steps, budget);
        cells.forEach((labels, sums) -> {
            states.add(labels, 0, WindowFold.of(kind, windows, sums, steps));
            budget.release((long) kind.columns() * windows.cells());
        });
        return states;
    }
}
