package io.lambdascope.vector.aggregate;

import io.lambdascope.labels.Labels;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.Quantiles;
import io.lambdascope.vector.StepSeries;
import io.lambdascope.vector.StepWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `quantile`: keeps the series of the group, and looks at one step after the other at the end.
public final class QuantileAccumulator implements GroupAccumulator {
    private final double[] quantiles;
    private final Annotations annotations;
    private final SourceRange at;
    private final List<StepSeries> group = new ArrayList<>();

    /// @param quantiles one per step
    public QuantileAccumulator(double[] quantiles, Annotations annotations, SourceRange at) {
        this.quantiles = quantiles;
        this.annotations = annotations;
        this.at = at;
    }

    @Override
    public void add(StepSeries series) {
        group.add(series);
    }

    @Override
    public StepSeries finish(Labels labels, boolean dropName) {
        StepWriter writer = new StepWriter(quantiles.length);
        double[] values = new double[group.size()];
        for (int step = 0; step < quantiles.length; step++) {
            int n = 0;
            for (StepSeries series : group) {
                if (series.hasFloat(step)) {
                    values[n++] = series.values()[step];
                } else if (series.histogram(step) != null) {
                    annotations.histogramIgnoredInAggregation("quantile", at);
                }
            }
            if (n > 0) {
                writer.set(step, Quantiles.ofUnsorted(quantiles[step], Arrays.copyOf(values, n)));
            }
        }
        return writer.finish(labels, dropName);
    }
}
