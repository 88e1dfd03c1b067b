package io.lambdascope.query;

import io.lambdascope.labels.Labels;
import java.util.SortedSet;

/// Answers what Prometheus' query API asks. Every method may fail with a [io.lambdascope.fault.Fault]: BAD_QUERY,
/// EXECUTION, OVER_LIMIT, UNSUPPORTED, TIMEOUT, UNAVAILABLE, CORRUPT_DATA.
public interface PrometheusQueries {
    /// For an instant grid a scalar, text, vector or matrix; for any other a matrix. A query for a string or a range
    /// vector over more than one moment is a BAD_QUERY.
    PromAnswer answer(PromQueryRequest request);

    /// In the order of their labels, each once.
    Found<SortedSet<Labels>> series(SeriesRequest request);

    Found<SortedSet<String>> labelNames(SeriesRequest request);

    /// @param name of the label
    Found<SortedSet<String>> labelValues(String name, SeriesRequest request);
}
