package io.lambdascope.model.metrics;

import io.lambdascope.labels.Labels;

/// A single measurement that stands for others, usually with a trace id among its labels.
///
/// @param labels the exemplar's own labels, not the series'
/// @param timestampMillis milliseconds since the Unix epoch
public record Exemplar(Labels labels, double value, long timestampMillis) {}
