package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;

/// An exemplar and the series it belongs to.
public record SeriesExemplar(Labels series, Exemplar exemplar) {}
