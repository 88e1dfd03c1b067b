package io.lambdascope.query;

import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import java.time.Instant;
import java.util.List;

/// Asks for the newest sample of series.
///
/// @param tenants whose series, at least one
/// @param selectors a series counts if it passes all matchers of any of these; none: no series counts
/// @param atMillis samples after this moment do not count, milliseconds since the Unix epoch
/// @param deadline when the answer must be there
public record NewestRequest(List<Tenant> tenants, List<List<Matcher>> selectors, long atMillis, Instant deadline) {
    public NewestRequest {
        tenants = List.copyOf(tenants);
        selectors = List.copyOf(selectors);
    }
}
