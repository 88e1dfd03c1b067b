package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.SeriesSamples;
import java.io.Closeable;

/// Walks over series in ascending order of their labels, each once.
public interface MetricsCursor extends Closeable {
    /// Goes to the next series; false after the last.
    boolean next();

    /// The labels of the current series.
    Labels labels();

    /// The samples of the current series inside the scan's range: sorted, each moment once. Valid until [#next].
    SeriesSamples samples();

    @Override
    void close();
}
