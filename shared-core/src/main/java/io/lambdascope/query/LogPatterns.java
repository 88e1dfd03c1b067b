package io.lambdascope.query;

import java.util.List;

/// Finds what lines have in common. May fail with a [io.lambdascope.fault.Fault]: BAD_REQUEST, OVER_LIMIT, TIMEOUT,
/// UNAVAILABLE, CORRUPT_DATA.
@FunctionalInterface
public interface LogPatterns {
    /// The patterns of the lines that are asked for, the most frequent first, no more than the limit.
    ///
    /// @param stepNanos how long the stretches of time are in which lines are counted; a multiple of 10 seconds
    List<LogPattern> patterns(SeriesRequest request, long stepNanos);
}
