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
public final class SumAccumulator implements MergeableAccumulator {
    private final boolean average;
    private final Annotations annotations;
    private final SourceRange at;

    private final double[] sums;
    private final double[] compensations;
    private final int[] floatCounts;
    private final boolean[] incremental;
    private @Nullable HistogramSums @Nullable [] histograms;
    /// That of all histograms, empty if they have several, null as long as there are none.
    private @Nullable String metricName;

    /// @param at the aggregated expression
    public SumAccumulator(int steps, boolean average, Annotations annotations, SourceRange at) {
        this.average = average;
        this.annotations = annotations;
        this.at = at;
        sums = new double[steps];
        compensations = new double[steps];
        floatCounts = new int[steps];
        incremental = new boolean[steps];
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
            noteName(series.labels().metricName());
            for (int step = 0; step < values.length; step++) {
                NativeHistogram histogram = series.histogram(step);
                if (histogram != null) {
                    addHistogram(step, histogram);
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
        if (average) {
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

    private void noteName(String name) {
        metricName = metricName == null || metricName.equals(name) ? name : "";
    }

    private void addHistogram(int step, NativeHistogram histogram) {
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
        if (!group.isIncompatible()) {
            group.add(histogram);
        }
    }

    @Override
    public GroupState state() {
        int steps = sums.length;
        double[] counts = new double[steps];
        double[] means = new double[steps];
        for (int step = 0; step < steps; step++) {
            counts[step] = floatCounts[step];
            means[step] = incremental[step] ? 1 : 0;
        }
        @Nullable HistogramSums[] groups = histograms;
        if (groups == null) {
            return GroupState.ofFloats(sums, compensations, counts, means);
        }
        double[] histogramCounts = new double[steps];
        double[] flags = new double[steps];
        @Nullable NativeHistogram[] histogramSums = new NativeHistogram[steps];
        @Nullable NativeHistogram[] histogramCompensations = new NativeHistogram[steps];
        for (int step = 0; step < steps; step++) {
            HistogramSums group = groups[step];
            if (group != null) {
                histogramCounts[step] = group.count();
                flags[step] = group.flags();
                histogramSums[step] = group.sum();
                histogramCompensations[step] = group.compensation();
            }
        }
        return new GroupState(
                new double[][] {sums, compensations, counts, means, histogramCounts, flags},
                new NativeHistogram[][] {histogramSums, histogramCompensations},
                metricName == null ? "" : metricName);
    }

    @Override
    public void merge(GroupState other) {
        double[][] columns = other.columns();
        for (int step = 0; step < sums.length; step++) {
            int count = (int) columns[2][step];
            if (count > 0) {
                mergeFloats(step, columns[0][step], columns[1][step], count, columns[3][step] == 1);
            }
        }
        if (other.histograms().length == 0) {
            return;
        }
        noteName(other.metricName());
        for (int step = 0; step < sums.length; step++) {
            NativeHistogram sum = other.histograms()[0][step];
            NativeHistogram compensation = other.histograms()[1][step];
            if (sum != null && compensation != null) {
                HistogramSums group = HistogramSums.restored(
                        average, (int) columns[4][step], (int) columns[5][step], sum, compensation);
                mergeHistograms(step, group);
            }
        }
    }

    private void mergeHistograms(int step, HistogramSums group) {
        @Nullable HistogramSums[] all = histograms;
        if (all == null) {
            all = new HistogramSums[sums.length];
            histograms = all;
        }
        HistogramSums before = all[step];
        if (before == null) {
            all[step] = group;
        } else {
            before.merge(group);
        }
    }

    private void mergeFloats(int step, double sum, double compensation, int count, boolean mean) {
        int before = floatCounts[step];
        floatCounts[step] += count;
        if (before == 0) {
            sums[step] = sum;
            compensations[step] = compensation;
            incremental[step] = mean;
            return;
        }
        double next = sums[step] + sum;
        boolean means = average && (mean || incremental[step] || Double.isInfinite(next));
        if (means) {
            double total = before + count;
            double mine = incremental[step] ? 1 : 1.0 / before;
            double others = mean ? 1 : 1.0 / count;
            sums[step] = sums[step] * mine * (before / total) + sum * others * (count / total);
            compensations[step] =
                    compensations[step] * mine * (before / total) + compensation * others * (count / total);
            incremental[step] = true;
            return;
        }
        compensations[step] =
                CompensatedSum.compensationAfter(sums[step], compensations[step], sum, next) + compensation;
        sums[step] = next;
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
                } else {
                    annotations.mixedExponentialAndCustomBuckets(metricName == null ? "" : metricName, at);
                }
            } else if (count > 0) {
                boolean divide = average && !incremental[step];
                writer.set(
                        step,
                        divide ? sums[step] / count + compensations[step] / count : sums[step] + compensations[step]);
            }
        }
        return writer.finish(labels, dropName);
    }
}
