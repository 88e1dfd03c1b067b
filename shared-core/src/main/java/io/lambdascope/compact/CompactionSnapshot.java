package io.lambdascope.compact;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.Garbage;
import java.util.List;

/// What compaction has before it; each unit carries the deletions that pick something of it. Read by several calls;
/// that they saw one moment is known only when the
/// commit that builds on `state` succeeds.
///
/// @param state read first
/// @param arrived everything in the head
/// @param recent level 0, the segments taken, and the deletions
/// @param level1 all blocks of level 1
/// @param level2 blocks of level 2 of days in which level 1 has blocks to merge, those whose time may be over, and
///     those that a deletion covers which waits no longer
/// @param garbage all of it
public record CompactionSnapshot(
        CatalogState state,
        List<ArrivedSegment> arrived,
        Catalog.Recent recent,
        List<CatalogBlock> level1,
        List<CatalogBlock> level2,
        List<Garbage> garbage) {
    public CompactionSnapshot {
        arrived = List.copyOf(arrived);
        level1 = List.copyOf(level1);
        level2 = List.copyOf(level2);
        garbage = List.copyOf(garbage);
    }
}
