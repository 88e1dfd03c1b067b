package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import java.io.Closeable;
import java.util.List;

/// Walks over the series that have exemplars, in ascending order of their labels, each once.
public interface ExemplarCursor extends Closeable {
    /// Goes to the next series; false after the last.
    boolean next();

    /// The labels of the current series.
    Labels labels();

    /// The exemplars of the current series inside the scan's range, at least one: in [SeriesExemplars#ORDER], equal
    /// ones once.
    List<Exemplar> exemplars();

    @Override
    void close();
}
