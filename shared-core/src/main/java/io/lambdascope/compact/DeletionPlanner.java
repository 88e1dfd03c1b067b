package io.lambdascope.compact;

import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogDeletion;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plans what deletions need.
final class DeletionPlanner {
    /*
     * Every merge applies the deletions that cover its inputs, and segments and blocks of lower levels are all merged
     * within days. Only blocks of the top level stay as they are. They are rewritten one by one, when a deletion has
     * waited so long that others may have come to share the work, or at once if somebody asks for it.
     */
    private final CompactSettings settings;

    DeletionPlanner(CompactSettings settings) {
        this.settings = settings;
    }

    /// Those that wait no longer.
    List<CatalogDeletion> due(List<CatalogDeletion> deletions, CatalogState state, long nowMillis) {
        return deletions.stream()
                .filter(made -> made.version() <= state.cleanVersion() || dueMillis(made) <= nowMillis)
                .toList();
    }

    /// When a deletion is due if nobody asks for it sooner.
    long dueMillis(CatalogDeletion made) {
        return made.madeMillis() + settings.deletionDelay().toMillis();
    }

    /// Blocks of the top level in which something is to be deleted, each to be written anew.
    ///
    /// @param merged what other jobs merge anyway
    List<CompactionJob> rewrites(
            List<CatalogBlock> topLevel, Collection<CompactionJob> merged, List<CatalogDeletion> due) {
        Set<String> ids = idsOf(due);
        Set<String> inputs = merged.stream()
                .flatMap(job -> job.units().stream())
                .map(Unit::id)
                .collect(Collectors.toSet());
        return topLevel.stream()
                .filter(block -> !inputs.contains(block.unit().id()) && isCovered(block.unit(), ids))
                .map(block -> CompactionJob.ofBlocks(
                        block.unit().level(),
                        List.of(block),
                        BlockWindow.nanosOf(block.unit().level()),
                        List.of(block.unit().shard())))
                .toList();
    }

    /// Deletions that name segments none of which is left.
    ///
    /// @param waiting segments that are in no block
    List<CatalogDeletion> withoutSegments(List<CatalogDeletion> deletions, List<ArrivedSegment> waiting) {
        Set<String> left = waiting.stream().map(segment -> segment.unit().id()).collect(Collectors.toSet());
        return deletions.stream()
                .filter(made -> !made.segments().isEmpty() && Collections.disjoint(made.segments(), left))
                .toList();
    }

    /// Deletions that cover nothing any more.
    ///
    /// @param units all that there are which one of `due` may cover
    List<CatalogDeletion> applied(List<CatalogDeletion> due, Stream<Unit> units) {
        Set<String> covering = new HashSet<>();
        units.forEach(unit -> unit.deletions().forEach(deletion -> covering.add(deletion.id())));
        return due.stream()
                .filter(made -> !covering.contains(made.deletion().id()))
                .toList();
    }

    private static boolean isCovered(Unit unit, Set<String> deletionIds) {
        return unit.deletions().stream().map(Deletion::id).anyMatch(deletionIds::contains);
    }

    private static Set<String> idsOf(List<CatalogDeletion> deletions) {
        return deletions.stream().map(made -> made.deletion().id()).collect(Collectors.toSet());
    }
}
