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
public record PromQueryRequest(
        List<Tenant> tenants, String text, StepGrid grid, OptionalLong lookbackMillis, Instant deadline) {
    public PromQueryRequest {
        tenants = List.copyOf(tenants);
    }
}
