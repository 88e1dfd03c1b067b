package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;

/// Takes one series.
@FunctionalInterface
public interface SeriesConsumer {
    /// @param samples valid during the call
    void accept(Labels labels, SeriesSamples samples);
}
