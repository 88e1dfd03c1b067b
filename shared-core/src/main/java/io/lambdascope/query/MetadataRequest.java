package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Asks what metric families say of themselves.
///
/// @param tenants whose metrics, at least one
/// @param family the only one wanted; empty: all
/// @param range when it was said
/// @param deadline when the answer must be there
public record MetadataRequest(List<Tenant> tenants, Optional<String> family, TimeRange range, Instant deadline) {
    public MetadataRequest {
        tenants = List.copyOf(tenants);
    }
}
