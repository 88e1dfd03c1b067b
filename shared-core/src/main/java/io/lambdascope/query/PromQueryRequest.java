package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.time.StepGrid;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// A PromQL query as it is asked.
///
/// @param tenants whose data is read, at least one
/// @param text the query
/// @param grid when it is evaluated
/// @param lookbackMillis how old a sample may be to count, where the request says so; above 0
/// @param deadline when the answer must be there
/// @param noStore whether all of it is worked out now, and none of it kept
public record PromQueryRequest(
        List<Tenant> tenants,
        String text,
        StepGrid grid,
        OptionalLong lookbackMillis,
        Instant deadline,
        boolean noStore) {
    public PromQueryRequest {
        tenants = List.copyOf(tenants);
    }

    /// Whose answer may be made of what was kept.
    public PromQueryRequest(
            List<Tenant> tenants, String text, StepGrid grid, OptionalLong lookbackMillis, Instant deadline) {
        this(tenants, text, grid, lookbackMillis, deadline, false);
    }

    /// The same, all of it worked out now.
    public PromQueryRequest withNoStore() {
        return new PromQueryRequest(tenants, text, grid, lookbackMillis, deadline, true);
    }
}
