package io.lambdascope.source;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.stream.Collectors;

/// Whatever can be scanned: a segment of the head, or a block. Says enough to decide whether to read it and how; it
/// is passed to the functions that do.
///
/// @param id unique and never used again, as are the bytes it stands for
/// @param level [#SEGMENT] for a segment, else the block's level 0, 1, 2
/// @param range holds every row
/// @param shard which series it may hold
/// @param rows series, log lines, spans or profiles × stacks
/// @param bytes how many bytes it takes where it lies
/// @param facts what the signal's planner prunes by, in the signal's own encoding; may be empty
/// @param place where the bytes are
/// @param deletions which rows of it count no longer: whoever opens it leaves them out
public record Unit(
        String id,
        Tenant tenant,
        Signal signal,
        int level,
        TimeRange range,
        Shard shard,
        long rows,
        long bytes,
        byte[] facts,
        Place place,
        List<Deletion> deletions) {
    public static final int SEGMENT = -1;

    public Unit {
        deletions = List.copyOf(deletions);
    }

    /// All of whose rows count.
    public Unit(
            String id,
            Tenant tenant,
            Signal signal,
            int level,
            TimeRange range,
            Shard shard,
            long rows,
            long bytes,
            byte[] facts,
            Place place) {
        this(id, tenant, signal, level, range, shard, rows, bytes, facts, place, List.of());
    }

    /// The same, less what `deletions` cover.
    public Unit without(List<Deletion> covered) {
        return new Unit(id, tenant, signal, level, range, shard, rows, bytes, facts, place, covered);
    }

    /// The same with its bytes in another place.
    public Unit at(Place other) {
        return new Unit(id, tenant, signal, level, range, shard, rows, bytes, facts, other, deletions);
    }

    /// Where the bytes of a unit are.
    public sealed interface Place {
        /// Here: a small segment, carried inside its head item.
        record Inline(byte[] bytes) implements Place {}

        /// A stretch of an object that holds several segments.
        record Stretch(String key, long offset, int length) implements Place {}

        /// The objects below a prefix, as a block's tables are; the prefix ends in `/`.
        ///
        /// @param tables those that there are; an empty table is not written
        record Prefix(String prefix, List<Table> tables) implements Place {
            public Prefix {
                tables = List.copyOf(tables);
            }
        }
    }

    /// One table of a block.
    ///
    /// @param name below the block's prefix, as in `series.parquet`
    /// @param bytes size of the object
    /// @param footerOffset where its footer begins, so that one read fetches just that
    public record Table(String name, long bytes, long footerOffset) {
        public Table {
            if (footerOffset < 0 || footerOffset > bytes) {
                throw new IllegalArgumentException(
                        "footer of table %s at %d of %d bytes".formatted(name, footerOffset, bytes));
            }
        }
    }

    /// Names the rows that count: what is worked out from them is kept under this. What is kept of the bytes alone
    /// goes by [#id].
    public String contentId() {
        return deletions.isEmpty()
                ? id
                : deletions.stream().map(Deletion::id).sorted().collect(Collectors.joining("-", id + "-", ""));
    }

    public boolean isSegment() {
        return level == SEGMENT;
    }
}
