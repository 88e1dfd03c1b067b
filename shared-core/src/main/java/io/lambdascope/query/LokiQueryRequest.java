package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.source.logs.Direction;
import java.time.Instant;
import java.util.List;

/// A LogQL query as it is asked.
///
/// @param tenants whose data is read, at least one
/// @param text the query
/// @param startNanos the first moment, nanoseconds since the Unix epoch
/// @param endNanos the last moment of a query for numbers; a query for lines takes those before it
/// @param stepNanos distance of the moments at which numbers are worked out; 0 for an instant, whose start is its end
/// @param intervalNanos of lines that lie less than this apart only one is answered, 0 for all of them
/// @param limit the most lines to answer, at least 1
/// @param direction which of the lines those are
/// @param deadline when the answer must be there
public record LokiQueryRequest(
        List<Tenant> tenants,
        String text,
        long startNanos,
        long endNanos,
        long stepNanos,
        long intervalNanos,
        int limit,
        Direction direction,
        Instant deadline) {
    public LokiQueryRequest {
        tenants = List.copyOf(tenants);
    }

    public boolean isInstant() {
        return stepNanos == 0;
    }
}
