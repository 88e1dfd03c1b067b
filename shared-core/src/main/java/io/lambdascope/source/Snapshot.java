package io.lambdascope.source;

import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a tenant's data of one signal consists of in a time range, at one moment.
///
/// @param units whatever can be scanned, in no order
/// @param unreadable units that were found not to read and are kept apart until somebody deals with them: an answer
///     lacks their rows and must say so
public record Snapshot(List<Unit> units, List<Unit> unreadable) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

    private static final int MOST_NAMED = 3;

    public Snapshot {
        units = List.copyOf(units);
        unreadable = List.copyOf(unreadable);
    }

    /// What an answer must say of rows that are missing in it; empty if none are.
    public Optional<String> gap() {
        if (unreadable.isEmpty()) {
            return Optional.empty();
        }
        String ids = unreadable.stream().limit(MOST_NAMED).map(Unit::id).collect(Collectors.joining(", "));
        return Optional.of("the answer is incomplete: stored data %s cannot be read and was set aside (%s%s)"
                .formatted(
                        timeText(),
                        ids,
                        unreadable.size() > MOST_NAMED
                                ? " and %d more".formatted(unreadable.size() - MOST_NAMED)
                                : ""));
    }

    private String timeText() {
        TimeRange range =
                unreadable.stream().map(Unit::range).reduce(TimeRange::union).orElse(TimeRange.ALWAYS);
        return range.equals(TimeRange.ALWAYS) ? "of a time that is not known" : range.text();
    }
}
