package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.StepWindows;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps the samples of each series, for what needs all of a window at once.
final class ValueSink implements SampleSink {
    /// Works out one window.
    interface WindowFunction {
        /// @param times nanoseconds since the Unix epoch, ascending
        /// @param from first and
        /// @param to end of the samples that lie in the window, at least one
        double of(long[] times, double[] values, int from, int to, int step);
    }

    private static final int SAMPLES_PER_VALUE = 2;

    private static final class Values {
        private long[] times = new long[16];
        private double[] values = new double[16];
        private int size;
        private boolean sorted = true;
    }

    private final StepWindows windows;
    private final QueryBudget budget;
    private final Map<Labels, Values> bySeries = new TreeMap<>();
    private Labels last = Labels.EMPTY;
    private Values lastValues = new Values();

    ValueSink(StepWindows windows, QueryBudget budget) {
        this.windows = windows;
        this.budget = budget;
    }

    @Override
    public void add(Labels series, long stream, long timeNanos, double value) {
        if (series != last || bySeries.isEmpty()) {
            last = series;
            lastValues = bySeries.computeIfAbsent(series, _ -> new Values());
        }
        Values kept = lastValues;
        budget.hold(SAMPLES_PER_VALUE);
        if (kept.size == kept.times.length) {
            kept.times = Arrays.copyOf(kept.times, 2 * kept.size);
            kept.values = Arrays.copyOf(kept.values, 2 * kept.size);
        }
        kept.sorted &= kept.size == 0 || kept.times[kept.size - 1] <= timeNanos;
        kept.times[kept.size] = timeNanos;
        kept.values[kept.size++] = value;
    }

    /// The results of `function`, by labels.
    List<StepSeries> results(WindowFunction function) {
        List<StepSeries> results = new ArrayList<>(bySeries.size());
        bySeries.forEach((labels, kept) -> {
            budget.checkDeadline();
            if (!kept.sorted) {
                sort(kept);
            }
            StepSeries series = StepSeries.ofFloats(labels, false, values(kept, function));
            if (!series.isEmpty()) {
                budget.hold(series.steps());
                results.add(series);
            }
            budget.release((long) SAMPLES_PER_VALUE * kept.size);
        });
        return results;
    }

    private double[] values(Values kept, WindowFunction function) {
        double[] values = StepSeries.nothing(windows.grid().steps());
        int from = 0;
        int to = 0;
        for (int step = 0; step < values.length; step++) {
            while (to < kept.size && kept.times[to] <= windows.endNanos(step)) {
                to++;
            }
            while (from < to && kept.times[from] <= windows.startNanos(step)) {
                from++;
            }
            if (from < to) {
                values[step] = function.of(kept.times, kept.values, from, to, step);
            }
        }
        return values;
    }

    /// Samples of one moment come in the order of their values, which is the same wherever they come from.
    private static void sort(Values kept) {
        Integer[] order = new Integer[kept.size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            int byTime = Long.compare(kept.times[a], kept.times[b]);
            return byTime != 0 ? byTime : Double.compare(kept.values[a], kept.values[b]);
        });
        long[] times = new long[kept.size];
        double[] values = new double[kept.size];
        for (int i = 0; i < kept.size; i++) {
            times[i] = kept.times[order[i]];
            values[i] = kept.values[order[i]];
        }
        kept.times = times;
        kept.values = values;
    }
}
