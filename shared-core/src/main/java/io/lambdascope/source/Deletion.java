package io.lambdascope.source;

import io.lambdascope.time.TimeRange;

/// Rows that count no longer, of those that had arrived when it was asked for. Which units it covers is known to the
/// catalog, and stands in each unit that it covers.
///
/// @param id unique and never used again
/// @param selection which rows, in the signal's own words
/// @param range only rows inside
public record Deletion(String id, String selection, TimeRange range) {
    public Deletion {
        if (id.isEmpty() || selection.isEmpty()) {
            throw new IllegalArgumentException(
                    "a deletion has an id and a selection, not \"%s\" and \"%s\"".formatted(id, selection));
        }
    }
}
