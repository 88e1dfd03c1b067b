package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.List;

/// Asks for the fields of lines.
///
/// @param tenants whose lines, at least one
/// @param text a log query
/// @param range only lines inside
/// @param lines how many lines are looked at, the newest; at least 1
/// @param limit the most fields to answer, at least 1
/// @param deadline when the answer must be there
public record FieldsRequest(
        List<Tenant> tenants, String text, TimeRange range, int lines, int limit, Instant deadline) {
    public FieldsRequest {
        tenants = List.copyOf(tenants);
    }
}
