package io.lambdascope.query;

import java.util.SortedMap;
import java.util.TreeMap;

/// What some lines have in common, and how many there are.
///
/// @param text as the line filter `|>` takes it, with `<_>` for what differs
/// @param level `detected_level` of the lines, empty if they have none
/// @param counts lines by the beginning of the stretch of time that they lie in, nanoseconds since the Unix epoch
public record LogPattern(String text, String level, SortedMap<Long, Long> counts) {
    /// Lines in all.
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// This, and lines that have the same in common.
    LogPattern plus(LogPattern other) {
        SortedMap<Long, Long> sums = new TreeMap<>(counts);
        other.counts.forEach((from, count) -> sums.merge(from, count, Long::sum));
        return new LogPattern(text, level, sums);
    }
}
