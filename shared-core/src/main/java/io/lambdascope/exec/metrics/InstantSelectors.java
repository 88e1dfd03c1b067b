package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr.Edges;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.time.StepGrid;
import io.lambdascope.vector.ExtendedRange;
import io.lambdascope.vector.RangeWindow;
import io.lambdascope.vector.SampleRun;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.List;

/// Instant vector selectors: at every step the newest sample that is not older than the lookback; none if that
/// sample says that the series has ended.
final class InstantSelectors {
    /// What is taken of the sample.
    enum Pick {
        VALUE,
        /// Its own moment, seconds.
        TIMESTAMP,
        /// Since when it counts, seconds, 0 for unknown.
        START_TIMESTAMP
    }

    private final Evaluation evaluation;

    InstantSelectors(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Value.Vector select(VectorSelector selector, StepGrid grid, Pick pick) {
        TimeFrame.Reference reference = evaluation.frame.reference(selector.shift());
        long lookback = evaluation.settings.lookbackMillis();
        long after = evaluation.frame.after(selector);
        List<StepSeries> result = new ArrayList<>();
        evaluation.reads.forEach(
                selector, reference.first(grid) - lookback + 1, reference.last(grid) + after, (labels, samples) -> {
                    evaluation.budget.hold(grid.steps());
                    StepWriter writer = selector.edges() == Edges.SMOOTHED && pick == Pick.VALUE
                            ? smoothed(labels, samples, selector, grid, reference)
                            : newest(samples, grid, reference, pick);
                    if (writer.isEmpty()) {
                        evaluation.budget.release(grid.steps());
                    } else {
                        result.add(writer.finish(labels, false));
                    }
                });
        return new Value.Vector(result);
    }

    private StepWriter newest(SeriesSamples samples, StepGrid grid, TimeFrame.Reference reference, Pick pick) {
        int steps = grid.steps();
        StepWriter writer = new StepWriter(steps);
        long lookback = evaluation.settings.lookbackMillis();
        long at = reference.first(grid);
        long stepMillis = reference.fixed() == null ? grid.stepMillis() : 0;
        int size = samples.size();
        long[] timestamps = samples.timestamps();
        double[] values = samples.values();
        boolean floatsOnly = !samples.hasHistograms();
        int behind = 0;
        for (int step = 0; step < steps; step++, at += stepMillis) {
            while (behind < size && timestamps[behind] <= at) {
                behind++;
            }
            int newest = behind - 1;
            if (newest < 0 || timestamps[newest] <= at - lookback || StaleMarker.isStale(values[newest])) {
                continue;
            }
            NativeHistogram histogram = floatsOnly ? null : samples.histogram(newest);
            evaluation.samples.add(step, histogram == null ? 1 : histogram.weight());
            switch (pick) {
                case VALUE -> {
                    if (histogram == null) {
                        writer.set(step, values[newest]);
                    } else {
                        writer.set(step, histogram);
                    }
                }
                case TIMESTAMP -> writer.set(step, timestamps[newest] / 1000.0);
                case START_TIMESTAMP -> writer.set(step, samples.startMillis(newest) / 1000.0);
            }
        }
        return writer;
    }

    private StepWriter smoothed(
            Labels labels,
            SeriesSamples samples,
            VectorSelector selector,
            StepGrid grid,
            TimeFrame.Reference reference) {
        long lookback = evaluation.settings.lookbackMillis();
        SampleRun run = SampleRun.of(samples, false);
        RangeWindow window = new RangeWindow(run, evaluation.annotations, selector.at());
        window.reset(run, labels);
        StepWriter writer = new StepWriter(grid.steps());
        for (int step = 0; step < grid.steps(); step++) {
            long at = reference.at(grid, step);
            window.moveTo(at - lookback, at, grid.atMillis(step), 0, lookback);
            if (!window.isEmpty()) {
                evaluation.samples.add(step, window.weight());
                double value = ExtendedRange.smoothedAt(window, at);
                NativeHistogram histogram = window.takeHistogram();
                if (histogram != null) {
                    writer.set(step, histogram);
                } else {
                    writer.set(step, value);
                }
            }
        }
        return writer;
    }
}
