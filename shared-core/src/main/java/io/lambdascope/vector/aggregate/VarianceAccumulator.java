package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;

/// `stdvar` and `stddev` of a population (Welford 1962).
public final class VarianceAccumulator extends FloatAccumulator {
    private final boolean deviation;
    private final int[] counts;
    private final double[] means;
    private final double[] squares;

    public VarianceAccumulator(int steps, boolean deviation, Annotations annotations, SourceRange at) {
        super(deviation ? "stddev" : "stdvar", annotations, at);
        this.deviation = deviation;
        counts = new int[steps];
        means = new double[steps];
        squares = new double[steps];
    }

    @Override
    void add(int step, double value) {
        int count = ++counts[step];
        if (count == 1) {
            means[step] = value;
            squares[step] = Double.isNaN(value) || Double.isInfinite(value) ? Double.NaN : 0;
            return;
        }
        double delta = value - means[step];
        means[step] += delta / count;
        squares[step] += delta * (value - means[step]);
    }

    @Override
    public StepSeries finish(Labels labels, boolean dropName) {
        StepWriter writer = new StepWriter(counts.length);
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0) {
                double variance = squares[step] / counts[step];
                writer.set(step, deviation ? Math.sqrt(variance) : variance);
            }
        }
        return writer.finish(labels, dropName);
    }
}
