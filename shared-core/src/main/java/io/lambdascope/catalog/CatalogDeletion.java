package io.lambdascope.catalog;

import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A deletion, and which units it covers: those that made up the tenant's data when it was made.
///
/// @param sortKey the name of the item that says so, inside its partition
/// @param version of the state that its commit made: it covers the blocks of earlier commits
/// @param madeMillis when it was made, milliseconds since the Unix epoch
/// @param segments ids of those that were in the head, and in no block: these it covers. Empty when they are in
///     blocks
public record CatalogDeletion(String sortKey, Deletion deletion, long version, long madeMillis, Set<String> segments) {
    public CatalogDeletion {
        segments = Set.copyOf(segments);
    }

    static CatalogDeletion of(Deletion deletion, long version, long madeMillis, List<String> segments) {
        return new CatalogDeletion(
                CatalogKeys.ofCommit(CatalogKeys.DELETIONS, madeMillis, version),
                deletion,
                version,
                madeMillis,
                new HashSet<>(segments));
    }

    /// The same, when the segments that it covers lie in blocks, without what it covered of them.
    public CatalogDeletion withoutSegments() {
        return new CatalogDeletion(sortKey, deletion, version, madeMillis, Set.of());
    }

    boolean covers(CatalogBlock block) {
        return block.version() < version
                && deletion.range().overlaps(block.unit().range());
    }

    boolean covers(Unit segment) {
        return segments.contains(segment.id()) && deletion.range().overlaps(segment.range());
    }
}
