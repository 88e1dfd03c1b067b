package io.lambdascope.time;

import java.time.Instant;

/// Half-open time range `[fromNanos, toNanos)` in nanoseconds since the Unix epoch.
public record TimeRange(long fromNanos, long toNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// All of time.
    public static final TimeRange ALWAYS = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    public TimeRange {
        if (fromNanos > toNanos) {
            throw new IllegalArgumentException("range ends before it starts: %d > %d".formatted(fromNanos, toNanos));
        }
    }

    /// The range that holds every millisecond from `fromMillis` to `lastMillis`, both inside. What does not fit into
    /// nanoseconds is cut to what does.
    public static TimeRange ofMillisInclusive(long fromMillis, long lastMillis) {
        return new TimeRange(
                millisToNanos(fromMillis), millisToNanos(lastMillis == Long.MAX_VALUE ? lastMillis : lastMillis + 1));
    }

    /// The first millisecond inside.
    public long fromMillis() {
        return Math.ceilDiv(fromNanos, NANOS_PER_MILLI);
    }

    /// The last millisecond inside.
    public long lastMillis() {
        return Math.ceilDiv(toNanos, NANOS_PER_MILLI) - 1;
    }

    public boolean isEmpty() {
        return fromNanos == toNanos;
    }

    public boolean contains(long nanos) {
        return fromNanos <= nanos && nanos < toNanos;
    }

    /// Whether all of `other` lies inside.
    public boolean contains(TimeRange other) {
        return fromNanos <= other.fromNanos && other.toNanos <= toNanos;
    }

    public boolean overlaps(TimeRange other) {
        return fromNanos < other.toNanos && other.fromNanos < toNanos;
    }

    /// The smallest range that holds both.
    public TimeRange union(TimeRange other) {
        return new TimeRange(Math.min(fromNanos, other.fromNanos), Math.max(toNanos, other.toNanos));
    }

    /// What lies in both; empty if nothing does.
    public TimeRange intersection(TimeRange other) {
        long from = Math.max(fromNanos, other.fromNanos);
        return new TimeRange(from, Math.max(from, Math.min(toNanos, other.toNanos)));
    }

    /// First and last millisecond, to be read: `from 2026-03-01T08:12:00Z to 2026-03-01T08:26:59.999Z`.
    public String text() {
        return "from %s to %s".formatted(Instant.ofEpochMilli(fromMillis()), Instant.ofEpochMilli(lastMillis()));
    }

    /// Milliseconds as nanoseconds; what is too far away to be said in nanoseconds becomes the farthest that can.
    public static long millisToNanos(long millis) {
        long nanos = millis * NANOS_PER_MILLI;
        if (nanos / NANOS_PER_MILLI == millis) {
            return nanos;
        }
        return millis < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
