package io.lambdascope.query;

import io.lambdascope.source.metrics.MetricsUnits;

/// Counts series. May fail with a [io.lambdascope.fault.Fault]: OVER_LIMIT, TIMEOUT, UNAVAILABLE, CORRUPT_DATA.
@FunctionalInterface
public interface Cardinality {
    /// @param units where the series lie that were counted
    record Answer(SeriesCounts counts, MetricsUnits units) {}

    Answer count(CardinalityRequest request);
}
