package io.lambdascope.result;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of an answer on its way to where it is merged: series (or groups) by steps, each step in some columns.
/// What the columns hold is known to those who write and read them; [PartialFormat] gives the bytes.
///
/// @param steps how many steps every column has
/// @param annotations what was said while it was made
/// @param seriesRead series that were read for it
/// @param peakSamples the most samples that were in memory at once for it
/// @param samplesByStep samples that each step looked at
public record Partial(
        int steps,
        List<Row> rows,
        List<Annotation> annotations,
        long seriesRead,
        long peakSamples,
        long[] samplesByStep) {
    /// One series or group.
    ///
    /// @param dropName its metric name is to be removed at the very end
    /// @param metricName of a group: that of all its histograms, empty if they have several; else empty
    /// @param columns floats, column by column, one per step
    /// @param histograms histograms, column by column, one per step or null
    public record Row(
            Labels labels,
            boolean dropName,
            String metricName,
            double[][] columns,
            @Nullable NativeHistogram[][] histograms) {
        private static final @Nullable NativeHistogram[][] NO_HISTOGRAMS = new NativeHistogram[0][];

        /// Floats alone.
        public static Row ofFloats(Labels labels, double[]... columns) {
            return new Row(labels, false, "", columns, NO_HISTOGRAMS);
        }
    }
}
