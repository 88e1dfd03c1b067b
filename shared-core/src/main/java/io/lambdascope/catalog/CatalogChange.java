package io.lambdascope.catalog;

import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Table;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// One change of a tenant's catalog, all or nothing. Collected here, made by [Catalog#commit].
public final class CatalogChange {
    /// The most items that one change may touch: a transaction, less the state and the garbage it may make.
    public static final int MAX_ITEMS = Table.MAX_TRANSACTION - 3;

    private final List<Unit> added = new ArrayList<>();
    private final List<CatalogBlock> removed = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<TakenSegments> forgotten = new ArrayList<>();
    private final List<Garbage> cleaned = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final List<CatalogBlock> hidden = new ArrayList<>();
    private final List<SetAside> dropped = new ArrayList<>();
    private final List<CatalogDeletion> withdrawn = new ArrayList<>();
    private final List<CatalogDeletion> narrowed = new ArrayList<>();
    private Optional<NewDeletion> deletion = Optional.empty();
    private OptionalLong cleanVersion = OptionalLong.empty();
    private OptionalLong headHour = OptionalLong.empty();
    private OptionalLong quietUntilMillis = OptionalLong.empty();
    private OptionalLong sweptMillis = OptionalLong.empty();
    private Optional<Usage> usage = Optional.empty();
    private OptionalLong busyUntilMillis = OptionalLong.empty();
    private Optional<Setback> setback = Optional.empty();

    private record NewDeletion(String selection, TimeRange range, List<String> segments) {}

    /// Blocks that count from now on; their objects are written.
    public CatalogChange add(List<Unit> blocks) {
        added.addAll(blocks);
        return this;
    }

    /// Blocks that count no longer, because others hold their rows or because their time is over. They become
    /// garbage.
    public CatalogChange remove(List<CatalogBlock> blocks) {
        removed.addAll(blocks);
        return this;
    }

    /// Segments of the head whose rows lie in the blocks added.
    public CatalogChange take(List<String> segmentIds) {
        taken.addAll(segmentIds);
        return this;
    }

    /// A block that does not read: it counts no longer, and nothing of it is deleted.
    public CatalogChange setAside(CatalogBlock block, SetAside aside) {
        hidden.add(block);
        setAside.add(aside);
        return this;
    }

    /// A segment of the head that does not read, and of whose bytes a copy is kept.
    public CatalogChange setAside(SetAside segment) {
        taken.add(segment.unit().id());
        setAside.add(segment);
        return this;
    }

    /// What was set aside and is kept no longer. It becomes garbage.
    public CatalogChange drop(List<SetAside> asides) {
        dropped.addAll(asides);
        return this;
    }

    /// Segments taken earlier whose head items are gone.
    public CatalogChange forget(List<TakenSegments> gone) {
        forgotten.addAll(gone);
        return this;
    }

    /// Garbage whose objects are deleted.
    public CatalogChange cleaned(List<Garbage> deleted) {
        cleaned.addAll(deleted);
        return this;
    }

    /// Rows that count no longer, of all blocks there are and of `segments`.
    ///
    /// @param selection which rows, in the signal's own words
    /// @param range only rows inside
    public CatalogChange delete(String selection, TimeRange range, List<String> segments) {
        deletion = Optional.of(new NewDeletion(selection, range, List.copyOf(segments)));
        return this;
    }

    /// Deletions that cover no segment any more.
    public CatalogChange narrow(List<CatalogDeletion> deletions) {
        deletions.forEach(made -> narrowed.add(made.withoutSegments()));
        return this;
    }

    /// Deletions that cover nothing any more.
    public CatalogChange withdraw(List<CatalogDeletion> deletions) {
        withdrawn.addAll(deletions);
        return this;
    }

    /// Deletions of commits up to `version` are to be applied at once.
    public CatalogChange cleanVersion(long version) {
        cleanVersion = OptionalLong.of(version);
        return this;
    }

    /// What has been stored, counted on from the state that the change is based on.
    public CatalogChange usage(Usage counted) {
        usage = Optional.of(counted);
        return this;
    }

    public CatalogChange headHour(long hour) {
        headHour = OptionalLong.of(hour);
        return this;
    }

    public CatalogChange quietUntilMillis(long millis) {
        quietUntilMillis = OptionalLong.of(millis);
        return this;
    }

    public CatalogChange sweptMillis(long millis) {
        sweptMillis = OptionalLong.of(millis);
        return this;
    }

    /// Somebody merges until then, or, if it is over, nobody does any more.
    public CatalogChange busyUntilMillis(long millis) {
        busyUntilMillis = OptionalLong.of(millis);
        return this;
    }

    public CatalogChange setback(Setback dropped) {
        setback = Optional.of(dropped);
        return this;
    }

    /// Whether nothing would change.
    public boolean isEmpty() {
        return items() == 0
                && taken.isEmpty()
                && headHour.isEmpty()
                && quietUntilMillis.isEmpty()
                && sweptMillis.isEmpty()
                && busyUntilMillis.isEmpty()
                && setback.isEmpty()
                && cleanVersion.isEmpty()
                && usage.isEmpty();
    }

    /// How many items it touches, of at most [#MAX_ITEMS].
    public int items() {
        return added.size()
                + removed.size()
                + setAside.size()
                + hidden.size()
                + dropped.size()
                + forgotten.size()
                + cleaned.size()
                + withdrawn.size()
                + narrowed.size()
                + (deletion.isPresent() ? 1 : 0);
    }

    /// The state that follows on `base`. Whatever adds or removes blocks, or says that rows are deleted, ends the
    /// quiet, unless it is said anew.
    CatalogState after(CatalogState base) {
        boolean moreToDo = !added.isEmpty()
                || !removed.isEmpty()
                || !taken.isEmpty()
                || !hidden.isEmpty()
                || deletion.isPresent()
                || cleanVersion.isPresent();
        return new CatalogState(
                base.tenant(),
                base.signal(),
                base.version() + 1,
                headHour.orElse(base.headHour()),
                quietUntilMillis.orElse(moreToDo ? 0 : base.quietUntilMillis()),
                sweptMillis.orElse(base.sweptMillis()),
                busyUntilMillis.orElse(base.busyUntilMillis()),
                setback.orElse(base.setback()),
                usage.orElse(base.usage()),
                cleanVersion.orElse(base.cleanVersion()));
    }

    /// The writes that make it, `state` being [#after].
    List<Table.Write> writes(CatalogState base, CatalogState state, long nowMillis) {
        if (items() > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "a change of the catalog touches at most %d items, not %d".formatted(MAX_ITEMS, items()));
        }
        List<Table.Write> writes = new ArrayList<>();
        String partition = CatalogKeys.partition(state.tenant(), state.signal());
        for (Unit unit : added) {
            CatalogBlock block = new CatalogBlock(unit, nowMillis, state.version());
            writes.add(new Table.Write.Create(CatalogItems.of(block, partition)));
        }
        removed.forEach(block -> writes.add(new Table.Write.Delete(new Table.Key(partition, block.sortKey()))));
        hidden.forEach(block -> writes.add(new Table.Write.Delete(new Table.Key(partition, block.sortKey()))));
        setAside.forEach(aside -> writes.add(new Table.Write.Create(CatalogItems.of(aside, partition))));
        dropped.forEach(aside -> writes.add(new Table.Write.Delete(new Table.Key(partition, aside.sortKey()))));
        if (!removed.isEmpty() || !dropped.isEmpty()) {
            Garbage garbage = new Garbage(
                    CatalogKeys.ofCommit(CatalogKeys.GARBAGE, nowMillis, state.version()),
                    nowMillis,
                    Stream.concat(
                                    removed.stream().map(CatalogBlock::prefix),
                                    dropped.stream().map(SetAside::prefix))
                            .toList());
            writes.add(new Table.Write.Create(CatalogItems.of(garbage, partition)));
        }
        if (!taken.isEmpty()) {
            TakenSegments segments = new TakenSegments(
                    CatalogKeys.ofCommit(CatalogKeys.SEGMENTS, nowMillis, state.version()), nowMillis, taken);
            writes.add(new Table.Write.Create(CatalogItems.of(segments, partition)));
        }
        deletion.ifPresent(some -> {
            Deletion made = new Deletion(String.valueOf(state.version()), some.selection(), some.range());
            CatalogDeletion item = CatalogDeletion.of(made, state.version(), nowMillis, some.segments());
            writes.add(new Table.Write.Create(CatalogItems.of(item, partition)));
        });
        narrowed.forEach(made -> writes.add(new Table.Write.Put(CatalogItems.of(made, partition))));
        withdrawn.forEach(gone -> writes.add(new Table.Write.Delete(new Table.Key(partition, gone.sortKey()))));
        forgotten.forEach(gone -> writes.add(new Table.Write.Delete(new Table.Key(partition, gone.sortKey()))));
        cleaned.forEach(gone -> writes.add(new Table.Write.Delete(new Table.Key(partition, gone.sortKey()))));
        writes.add(new Table.Write.Replace(CatalogItems.of(state), CatalogItems.VERSION, base.version()));
        return writes;
    }
}
