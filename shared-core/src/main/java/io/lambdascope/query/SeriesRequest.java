package io.lambdascope.query;

import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.List;

/// Asks for series, or for streams of logs, or for the names or values of their labels.
///
/// @param tenants whose series, at least one
/// @param selectors a series counts if it passes all matchers of any of these; none: every series counts
/// @param range a series counts if it has a sample, a stream if it has an entry inside
/// @param limit the most items to answer, at least 1
/// @param deadline when the answer must be there
public record SeriesRequest(
        List<Tenant> tenants, List<List<Matcher>> selectors, TimeRange range, int limit, Instant deadline) {
    public SeriesRequest {
        tenants = List.copyOf(tenants);
        selectors = List.copyOf(selectors);
    }

    /// The selectors to read: one that lets everything pass where none is given.
    public List<List<Matcher>> selectorsToRead() {
        return selectors.isEmpty() ? List.of(List.of()) : selectors;
    }
}
