package io.lambdascope.compact;

import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.stream.IntStream;

/// Units to be merged into blocks that replace them, all in one commit.
///
/// @param level of the blocks to write
/// @param segments what to merge, from the head …
/// @param blocks … or from the catalog
/// @param windowNanos every row goes into a block of the window of this length that holds the row's time; 0
///     if the rows are not to be cut
/// @param shards one block for each of these, in each window; together they hold every row
public record CompactionJob(
        Tenant tenant,
        Signal signal,
        int level,
        List<Unit> segments,
        List<CatalogBlock> blocks,
        long windowNanos,
        List<Shard> shards) {
    public CompactionJob {
        segments = List.copyOf(segments);
        blocks = List.copyOf(blocks);
        shards = List.copyOf(shards);
        if (segments.isEmpty() == blocks.isEmpty()) {
            throw new IllegalArgumentException(
                    "a job merges segments or blocks, not %d and %d".formatted(segments.size(), blocks.size()));
        }
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("a job writes at least one shard");
        }
    }

    static CompactionJob ofHead(Tenant tenant, Signal signal, List<Unit> segments) {
        return new CompactionJob(tenant, signal, 0, segments, List.of(), 0, List.of(Shard.ALL));
    }

    static CompactionJob ofBlocks(int level, List<CatalogBlock> blocks, long windowNanos, List<Shard> shards) {
        Unit any = blocks.getFirst().unit();
        return new CompactionJob(any.tenant(), any.signal(), level, List.of(), blocks, windowNanos, shards);
    }

    /// Two jobs that do the same together; none if there is only one unit to read.
    List<CompactionJob> halves() {
        int count = units().size();
        return count < 2 ? List.of() : List.of(part(0, count / 2), part(count / 2, count));
    }

    private CompactionJob part(int from, int to) {
        return segments.isEmpty()
                ? new CompactionJob(tenant, signal, level, segments, blocks.subList(from, to), windowNanos, shards)
                : new CompactionJob(tenant, signal, level, segments.subList(from, to), blocks, windowNanos, shards);
    }

    /// What to read.
    public List<Unit> units() {
        return segments.isEmpty() ? blocks.stream().map(CatalogBlock::unit).toList() : segments;
    }

    /// Holds every row of every unit.
    public TimeRange range() {
        return units().stream().map(Unit::range).reduce(TimeRange::union).orElseThrow();
    }

    /// The windows that rows may go to, if they are to be cut.
    public List<TimeRange> windows() {
        return BlockWindow.of(range(), windowNanos);
    }

    /// The shards that make up `within`, `parts` of them.
    static List<Shard> shardsOf(Shard within, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> new Shard(within.index() + part * within.count(), within.count() * parts))
                .toList();
    }
}
