package io.lambdascope.catalog;

import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;

/// The windows of time that blocks are cut by. Level 0 is not cut. A block of a higher level lies inside one
/// window of its level, which is why a reader finds all that overlap a range by their first moments alone.
public final class BlockWindow {
    /// The highest level.
    public static final int TOP_LEVEL = 2;

    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final long[] NANOS = {Long.MAX_VALUE, 2 * HOUR_NANOS, 24 * HOUR_NANOS};

    private BlockWindow() {}

    /// How long a window of `level` is, nanoseconds.
    ///
    /// @param level 1 or 2
    public static long nanosOf(int level) {
        if (level < 1 || level > TOP_LEVEL) {
            throw new IllegalArgumentException("level %d has no windows, 1 and 2 have".formatted(level));
        }
        return NANOS[level];
    }

    /// The first moment of the window of length `nanos` that holds `momentNanos`.
    public static long startOf(long momentNanos, long nanos) {
        long start = Math.floorDiv(momentNanos, nanos) * nanos;
        return start > momentNanos ? Long.MIN_VALUE : start;
    }

    /// How many windows of length `nanos` have a moment in `range`, at least 1.
    public static long countOf(TimeRange range, long nanos) {
        long last = range.isEmpty() ? range.fromNanos() : range.toNanos() - 1;
        return Math.floorDiv(last, nanos) - Math.floorDiv(range.fromNanos(), nanos) + 1;
    }

    /// The windows of length `nanos` that have a moment in `range`; none if it is empty.
    public static List<TimeRange> of(TimeRange range, long nanos) {
        List<TimeRange> windows = new ArrayList<>();
        if (range.isEmpty()) {
            return windows;
        }
        long first = Math.floorDiv(range.fromNanos(), nanos);
        long last = Math.floorDiv(range.toNanos() - 1, nanos);
        for (long window = first; window <= last; window++) {
            windows.add(new TimeRange(window * nanos, (window + 1) * nanos));
        }
        return windows;
    }
}
