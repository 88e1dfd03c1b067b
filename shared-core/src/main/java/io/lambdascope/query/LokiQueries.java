package io.lambdascope.query;

/// Answers LogQL. May fail with a [io.lambdascope.fault.Fault]: BAD_QUERY, BAD_REQUEST, EXECUTION, OVER_LIMIT,
/// UNSUPPORTED, TIMEOUT, UNAVAILABLE, CORRUPT_DATA.
@FunctionalInterface
public interface LokiQueries {
    /// For an instant a scalar or a vector, for a range a matrix or lines. A query for lines at an instant is a
    /// BAD_REQUEST.
    LokiAnswer answer(LokiQueryRequest request);
}
