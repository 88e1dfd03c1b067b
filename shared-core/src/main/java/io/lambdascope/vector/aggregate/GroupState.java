package io.lambdascope.vector.aggregate;

import io.lambdascope.model.metrics.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// What a group of an aggregation has come to so far, as columns with one entry per step: what is sent where groups
/// of several shards are merged. Only the accumulator that made it knows what the columns are.
///
/// @param metricName of all histograms, empty if they have several
public record GroupState(double[][] columns, @Nullable NativeHistogram[][] histograms, String metricName) {
    private static final NativeHistogram[][] NO_HISTOGRAMS = new NativeHistogram[0][];

    static GroupState ofFloats(double[]... columns) {
        return new GroupState(columns, NO_HISTOGRAMS, "");
    }
}
