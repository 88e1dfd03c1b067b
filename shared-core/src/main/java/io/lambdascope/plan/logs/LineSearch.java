package io.lambdascope.plan.logs;

import io.lambdascope.source.logs.Direction;
import io.lambdascope.time.TimeRange;

/// Which lines of those that a log query selects are asked for.
///
/// @param range only lines inside
/// @param direction from which end lines are searched, and how they are ordered
/// @param limit how many at most, at least 1
/// @param intervalNanos how far each line is from the one before, at least; 0 for any
public record LineSearch(TimeRange range, Direction direction, int limit, long intervalNanos) {
    public LineSearch {
        if (limit < 1 || intervalNanos < 0) {
            throw new IllegalArgumentException("no search: limit %d, interval %d ns".formatted(limit, intervalNanos));
        }
    }

    public boolean newestFirst() {
        return direction == Direction.BACKWARD;
    }

    /// The same inside another range.
    public LineSearch within(TimeRange other) {
        return new LineSearch(other, direction, limit, intervalNanos);
    }
}
