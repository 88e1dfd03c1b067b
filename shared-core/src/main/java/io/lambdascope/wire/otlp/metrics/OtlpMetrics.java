package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.fault.Rejections;
import io.lambdascope.model.metrics.MetricsBatch;
import java.util.BitSet;

/// What an `ExportMetricsServiceRequest` became.
///
/// @param pointOfSeries for each series of the batch the number of its data point, from 1; 0 for `target_info`
/// @param refused how many data points became no series
/// @param rejections why they did not, and what else was left out
public record OtlpMetrics(MetricsBatch batch, int[] pointOfSeries, int refused, Rejections rejections) {
    /// How many data points were refused, if of some series not everything was stored.
    public int refusedWith(BitSet incompleteSeries) {
        BitSet points = new BitSet();
        incompleteSeries.stream().forEach(series -> points.set(pointOfSeries[series]));
        points.clear(0);
        return refused + points.cardinality();
    }
}
