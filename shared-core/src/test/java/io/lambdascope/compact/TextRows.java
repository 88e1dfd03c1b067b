package io.lambdascope.compact;

import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.fault.Fault;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.Deadline;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A signal whose rows are lines of text: what compaction does to it can be seen row by row.
///
/// @param eachRow called for each row that is merged
record TextRows(ObjectStore objects, Ids ids, Runnable eachRow) implements SignalCompactor {
    /// @param name also what it is sharded by
    record Row(long millis, String name) implements Comparable<Row> {
        static Row parse(String line) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw Fault.corrupt("\"%s\" is no row", line);
            }
            return new Row(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        }

        @Override
        public int compareTo(Row other) {
            int order = Long.compare(millis, other.millis);
            return order != 0 ? order : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return millis + " " + name;
        }

        long hash() {
            return name.hashCode() & 0xffffffffL;
        }
    }

    static Segment segment(Tenant tenant, Collection<Row> rows) {
        TreeSet<Row> sorted = new TreeSet<>(rows);
        byte[] payload = textOf(sorted);
        return SegmentFormat.encode(
                tenant,
                Signal.METRICS,
                sorted.first().millis() * 1_000_000,
                sorted.last().millis() * 1_000_000,
                sorted.size(),
                new byte[0],
                payload,
                payload.length,
                SegmentFormat.LEVEL_FAST);
    }

    List<Row> read(Unit unit) {
        byte[] bytes = unit.place() instanceof Unit.Place.Prefix(String prefix, List<Unit.Table> _)
                ? objects.get(prefix + "rows.txt")
                : HeadStore.read(unit, objects).payload();
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(Row::parse)
                .filter(row -> unit.deletions().stream().noneMatch(deletion -> isDeleted(row, deletion)))
                .toList();
    }

    /// A selection is what the names of rows begin with.
    static boolean isDeleted(Row row, Deletion deletion) {
        return row.name().startsWith(deletion.selection())
                && deletion.range().contains(TimeRange.millisToNanos(row.millis()));
    }

    @Override
    public boolean mayHold(Unit unit, Deletion deletion) {
        return true;
    }

    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public void write(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written) {
        TreeSet<Row> rows = new TreeSet<>();
        job.units().forEach(unit -> rows.addAll(read(unit)));
        for (Shard shard : job.shards()) {
            Map<Long, TreeSet<Row>> windows = new TreeMap<>();
            for (Row row : rows) {
                if (shard.holds(row.hash())) {
                    long window =
                            job.windowNanos() == 0 ? 0 : Math.floorDiv(row.millis() * 1_000_000, job.windowNanos());
                    windows.computeIfAbsent(window, any -> new TreeSet<>()).add(row);
                }
            }
            windows.values().forEach(inside -> {
                inside.forEach(row -> {
                    eachRow.run();
                    deadline.check();
                });
                written.accept(new WrittenBlock(writeBlock(job, shard, inside), inside.size(), 1 + inside.size() / 2));
            });
        }
    }

    private Unit writeBlock(CompactionJob job, Shard shard, TreeSet<Row> rows) {
        String id = ids.next();
        String prefix = CatalogKeys.blockPrefix(job.tenant(), job.signal(), job.level(), id);
        byte[] bytes = textOf(rows);
        objects.put(prefix + "rows.txt", bytes);
        return new Unit(
                id,
                job.tenant(),
                job.signal(),
                job.level(),
                TimeRange.ofMillisInclusive(rows.first().millis(), rows.last().millis()),
                shard,
                rows.size(),
                bytes.length,
                new byte[] {1},
                new Unit.Place.Prefix(prefix, List.of(new Unit.Table("rows.txt", bytes.length, 0))));
    }

    private static byte[] textOf(Collection<Row> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
