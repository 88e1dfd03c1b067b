package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.CompensatedSum;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import io.lambdascope.vector.histogram.HistogramSums;
import org.jspecify.annotations.Nullable;

/// `sum` and `avg`. Floats are summed with compensation; an average whose sum would leave the range of doubles goes
/// on as an incremental mean. A step with both floats and histograms has no result.
public final class SumAccumulator implements GroupAccumulator {
    private final boolean average;
    private final Annotations annotations;
    private final SourceRange at;

    private final double[] sums;
    private final double[] compensations;
    private final int[] floatCounts;
    private final boolean @Nullable [] incremental;
    private @Nullable HistogramSums @Nullable [] histograms;

    /// @param at the aggregated expression
    public SumAccumulator(int steps, boolean average, Annotations annotations, SourceRange at) {
        this.average = average;
        this.annotations = annotations;
        this.at = at;
        sums = new double[steps];
        compensations = new double[steps];
        floatCounts = new int[steps];
        incremental = average ? new boolean[steps] : null;
    }

    @Override
    public void add(StepSeries series) {
        double[] values = series.values();
        for (int step = 0; step < values.length; step++) {
            double value = values[step];
            if (!StepSeries.isAbsent(value)) {
                addFloat(step, value);
            }
        }
        if (series.histograms() != null) {
            for (int step = 0; step < values.length; step++) {
                NativeHistogram histogram = series.histogram(step);
                if (histogram != null) {
                    addHistogram(step, histogram, series.labels().metricName());
                }
            }
        }
    }

    private void addFloat(int step, double value) {
        int count = ++floatCounts[step];
        if (count == 1) {
            sums[step] = value;
            return;
        }
        double sum = sums[step];
        double compensation = compensations[step];
        double added = value;
        if (incremental != null) {
            if (!incremental[step] && Double.isInfinite(sum + value)) {
                incremental[step] = true;
                sum /= count - 1;
                compensation /= count - 1;
            }
            if (incremental[step]) {
                double share = (double) (count - 1) / count;
                sum *= share;
                compensation *= share;
                added = value / count;
            }
        }
        double next = sum + added;
        compensations[step] = CompensatedSum.compensationAfter(sum, compensation, added, next);
        sums[step] = next;
    }

    private void addHistogram(int step, NativeHistogram histogram, String metricName) {
        @Nullable HistogramSums[] all = histograms;
        if (all == null) {
            all = new HistogramSums[sums.length];
            histograms = all;
        }
        HistogramSums group = all[step];
        if (group == null) {
            group = new HistogramSums(average);
            all[step] = group;
        }
        if (!group.isIncompatible() && !group.add(histogram)) {
            annotations.mixedExponentialAndCustomBuckets(metricName, at);
        }
    }

    @Override
    public StepSeries finish(Labels labels, boolean dropName) {
        StepWriter writer = new StepWriter(sums.length);
        for (int step = 0; step < sums.length; step++) {
            HistogramSums group = histograms == null ? null : histograms[step];
            int count = floatCounts[step];
            if (group != null && count > 0) {
                annotations.mixedFloatsAndHistogramsInAggregation(at);
            } else if (group != null) {
                NativeHistogram sum = group.finish(annotations, at);
                if (sum != null) {
                    writer.set(step, sum);
                }
            } else if (count > 0) {
                boolean divide = incremental != null && !incremental[step];
                writer.set(
                        step,
                        divide ? sums[step] / count + compensations[step] / count : sums[step] + compensations[step]);
            }
        }
        return writer.finish(labels, dropName);
    }
}
