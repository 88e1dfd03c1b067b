package io.lambdascope.catalog;

import java.util.List;

/// Segments that lie in a block of level 0 while their head items still exist. A reader leaves them out.
///
/// @param sortKey the name of the item that says so, inside its partition
/// @param committedMillis since when, milliseconds since the Unix epoch
/// @param segments their ids
public record TakenSegments(String sortKey, long committedMillis, List<String> segments) {
    public TakenSegments {
        segments = List.copyOf(segments);
    }
}
