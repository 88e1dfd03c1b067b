package io.lambdascope.catalog;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Table;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which blocks count. One partition of the table per tenant and signal; see `docs/formats/catalog.md`.
///
/// Reads are not atomic by themselves. Whoever needs a snapshot reads the state before and after, and starts
/// over if its version has changed; whoever commits hands in the state read before, and loses if its version
/// has changed. See `docs/adr/0026-snapshots-and-commits.md`.
public final class Catalog {
    private final Table table;
    private final InstantSource clock;

    /// What happened lately: blocks of level 0, segments in them that are still in the head, deletions, and
    /// what is set aside.
    public record Recent(
            List<CatalogBlock> blocks,
            List<TakenSegments> taken,
            List<CatalogDeletion> deletions,
            List<SetAside> setAside) {
        public Recent {
            blocks = List.copyOf(blocks);
            taken = List.copyOf(taken);
            deletions = List.copyOf(deletions);
            setAside = List.copyOf(setAside);
        }

        /// Those that cover a segment of the head.
        public List<Deletion> deletionsOf(Unit segment) {
            return deletions.stream()
                    .filter(made -> made.covers(segment))
                    .map(CatalogDeletion::deletion)
                    .toList();
        }

        /// Those that cover a block.
        public List<Deletion> deletionsOf(CatalogBlock block) {
            return deletions.stream()
                    .filter(made -> made.covers(block))
                    .map(CatalogDeletion::deletion)
                    .toList();
        }
    }

    public Catalog(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /// Where a tenant's data stands; empty if there has never been any.
    public Optional<CatalogState> state(Tenant tenant, Signal signal) {
        return table.get(CatalogKeys.state(tenant, signal)).map(item -> CatalogItems.stateOf(item, tenant, signal));
    }

    /// All blocks of level 0, the segments taken, the deletions, and what is set aside.
    public Recent recent(Tenant tenant, Signal signal) {
        List<CatalogBlock> blocks = new ArrayList<>();
        List<TakenSegments> taken = new ArrayList<>();
        List<CatalogDeletion> deletions = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        String partition = CatalogKeys.partition(tenant, signal);
        for (Table.Item item : all(table, partition, CatalogKeys.RECENT_FROM, CatalogKeys.RECENT_TO)) {
            String sort = item.key().sort();
            if (sort.startsWith(CatalogKeys.SEGMENTS)) {
                taken.add(CatalogItems.takenOf(item));
            } else if (sort.startsWith(CatalogKeys.DELETIONS)) {
                deletions.add(CatalogItems.deletionOf(item));
            } else if (sort.startsWith(CatalogKeys.SET_ASIDE)) {
                setAside.add(CatalogItems.setAsideOf(item, tenant, signal));
            } else {
                blocks.add(CatalogItems.blockOf(item, tenant, signal));
            }
        }
        return new Recent(blocks, taken, deletions, setAside);
    }

    /// Blocks of `level`, 1 or 2, that overlap `range`.
    public List<CatalogBlock> blocks(Tenant tenant, Signal signal, int level, TimeRange range) {
        long window = BlockWindow.nanosOf(level);
        long from = range.fromNanos() < Long.MIN_VALUE + window ? Long.MIN_VALUE : range.fromNanos() - window;
        List<CatalogBlock> blocks = new ArrayList<>();
        for (Table.Item item : all(
                table,
                CatalogKeys.partition(tenant, signal),
                CatalogKeys.blocksFrom(level, from),
                CatalogKeys.blocksUntil(level, range.toNanos()))) {
            CatalogBlock block = CatalogItems.blockOf(item, tenant, signal);
            if (block.unit().range().overlaps(range)) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    /// What waits to be deleted, oldest first.
    public List<Garbage> garbage(Tenant tenant, Signal signal) {
        return all(table, CatalogKeys.partition(tenant, signal), CatalogKeys.GARBAGE, CatalogKeys.GARBAGE + "~")
                .stream()
                .map(CatalogItems::garbageOf)
                .toList();
    }

    /// The prefixes of everything that the catalog knows: blocks that count, what is set aside, and garbage. Reads
    /// the whole partition.
    public Set<String> prefixes(Tenant tenant, Signal signal) {
        Set<String> prefixes = new HashSet<>();
        for (Table.Item item : all(table, CatalogKeys.partition(tenant, signal), "!", "~")) {
            if (item.key().sort().startsWith(CatalogKeys.GARBAGE)) {
                prefixes.addAll(CatalogItems.garbageOf(item).prefixes());
            } else if (item.has("prefix")) {
                prefixes.add(CatalogItems.prefixOf(item));
            }
        }
        return prefixes;
    }

    /// The hour of arrival, counted from the epoch, up to which orphaned objects of the head have been looked
    /// for; empty if never.
    public OptionalLong sweptHeadHour() {
        return table.get(CatalogKeys.HEAD).stream()
                .mapToLong(CatalogItems::sweptHeadOf)
                .findFirst();
    }

    /// Says that orphaned objects have been looked for up to `hour`, inside.
    public void sweptHeadHour(long hour) {
        table.putAll(List.of(CatalogItems.sweptHead(hour)));
    }

    /// Makes `change` if nobody has changed anything since `base` was read.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE; the change was made or was not: read the state again
    public CommitOutcome commit(CatalogState base, CatalogChange change) {
        CatalogState after = change.after(base);
        return switch (table.transact(change.writes(base, after, clock.millis()))) {
            case DONE -> new CommitOutcome.Committed(after);
            case CONDITION_FAILED -> new CommitOutcome.Stale();
        };
    }

    static List<Table.Item> all(Table table, String partition, String from, String to) {
        List<Table.Item> items = new ArrayList<>();
        @Nullable String next = null;
        do {
            Table.Page page = table.query(partition, from, to, next);
            items.addAll(page.items());
            next = page.next();
        } while (next != null);
        return items;
    }
}
