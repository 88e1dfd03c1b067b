package io.lambdascope.vector;

/// What start timestamps say of counters: since when a counter has been counting, milliseconds, 0 for unknown
/// (prometheus flag `use-start-timestamps`).
final class StartTimes {
    private StartTimes() {}

    /// Whether the counter was reset between two neighbouring samples, as their start timestamps tell.
    ///
    /// A start at the previous sample is what delta series have, and what a cumulative series with unknown
    /// start has from its second sample on; the previous start tells them apart.
    static boolean isReset(long previousStart, long previousTime, long start, long time) {
        if (start == 0 || start >= time || start < previousTime) {
            return false;
        }
        return start > previousTime || previousStart != 0 && previousStart < previousTime;
    }

    /// Whether a sample claims to have been counting since before the previous sample, from another start than it.
    static boolean overlaps(long previousStart, long previousTime, long start) {
        return start != 0 && start < previousTime && start != previousStart;
    }

    /// Whether a counter is known to have been zero at `start`, inside the range and before its first sample there.
    static boolean isZeroPoint(long start, long firstTime, long rangeStart) {
        return start != 0 && start > rangeStart && start < firstTime;
    }
}
