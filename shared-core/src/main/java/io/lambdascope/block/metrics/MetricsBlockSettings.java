package io.lambdascope.block.metrics;

import java.time.Duration;

/// What may be tuned of blocks of metrics.
///
/// @param rowLength a row holds samples of one aligned window of this length
/// @param maxRowSamples a row holds at most so many samples, up to [#MOST_ROW_SAMPLES]
/// @param pageBytes size of a page of chunks before compression: what is read to get at one series
/// @param rowGroupBytes what a writer buffers
/// @param zstdLevel 1 to 19
/// @param maxLabelColumns labels of the most usual names get a column each; the others share a map
/// @param maxFactBytes what [io.lambdascope.source.metrics.MetricsFacts] of a block may take
public record MetricsBlockSettings(
        Duration rowLength,
        int maxRowSamples,
        int pageBytes,
        long rowGroupBytes,
        int zstdLevel,
        int maxLabelColumns,
        int maxFactBytes) {
    /// What a reader holds at once; part of the format.
    public static final int MOST_ROW_SAMPLES = 1 << 16;

    public static final MetricsBlockSettings DEFAULTS =
            new MetricsBlockSettings(Duration.ofHours(8), 8192, 64 << 10, 32L << 20, 9, 200, 16 << 10);

    public MetricsBlockSettings {
        if (rowLength.toMillis() < 1 || maxRowSamples < 1 || maxRowSamples > MOST_ROW_SAMPLES) {
            throw new IllegalArgumentException("rows of %s and %d samples, allowed are 1 ms and more, 1 to %d samples"
                    .formatted(rowLength, maxRowSamples, MOST_ROW_SAMPLES));
        }
    }
}
