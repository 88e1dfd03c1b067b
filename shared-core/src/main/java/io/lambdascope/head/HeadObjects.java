package io.lambdascope.head;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The objects that large segments lie in, several in one, and the table items that point into them.
final class HeadObjects {
    /*
     * An object that holds one segment ends in "-1" and goes with it. One that holds more has a list of them in the
     * table (partition "object#key"); whoever deletes a segment strikes it off, and whoever strikes off the last
     * deletes the object, then the list. Striking off is a conditional write, so that two who do it at once both
     * count, and may be repeated.
     */
    private static final String LIST_SORT = "segments";
    private static final int MAX_ATTEMPTS = 20;

    private final Table table;
    private final ObjectStore objects;

    HeadObjects(Table table, ObjectStore objects) {
        this.table = table;
        this.objects = objects;
    }

    /// Where a segment was put.
    record Placed(Segment segment, String key, long offset) {
        Table.Item toItem(Table.Key itemKey) {
            SegmentHeader header = segment.header();
            return new Table.Item(
                    itemKey,
                    Map.of(
                            "key", new Attribute.Text(key),
                            "offset", new Attribute.Number(offset),
                            "length", new Attribute.Number(segment.bytes().length),
                            "from", new Attribute.Number(header.range().fromNanos()),
                            "to", new Attribute.Number(header.range().toNanos()),
                            "rows", new Attribute.Number(header.rows()),
                            "facts", new Attribute.Bytes(header.facts())),
                    0);
        }
    }

    static Unit unitOf(Table.Item item, Tenant tenant, Signal signal) {
        int length = (int) item.number("length");
        return new Unit(
                item.key().sort(),
                tenant,
                signal,
                Unit.SEGMENT,
                new TimeRange(item.number("from"), item.number("to")),
                Shard.ALL,
                item.number("rows"),
                length,
                item.bytes("facts"),
                new Unit.Place.Stretch(item.text("key"), item.number("offset"), length));
    }

    /// How a segment is named among those that share its object.
    static String nameOf(Tenant tenant, Signal signal, String segmentId) {
        return tenant + "#" + signal.text() + "#" + segmentId;
    }

    /// Writes `segments` one behind the other into one object.
    List<Placed> write(List<Segment> segments, long hour, String id) {
        if (segments.isEmpty()) {
            return List.of();
        }
        String key = HeadKeys.objects(hour) + id + "-" + segments.size();
        List<Placed> placed = new ArrayList<>(segments.size());
        int size = 0;
        for (Segment segment : segments) {
            placed.add(new Placed(segment, key, size));
            size = Math.addExact(size, segment.bytes().length);
        }
        byte[] body = new byte[size];
        for (Placed one : placed) {
            byte[] bytes = one.segment().bytes();
            System.arraycopy(bytes, 0, body, (int) one.offset(), bytes.length);
        }
        objects.put(key, body);
        if (segments.size() > 1) {
            Set<String> names = new TreeSet<>();
            for (Segment segment : segments) {
                SegmentHeader header = segment.header();
                names.add(nameOf(header.tenant(), header.signal(), header.id()));
            }
            table.putAll(List.of(listOf(key, names, 1)));
        }
        return placed;
    }

    /// Says that `names` need the object no longer.
    void release(String key, Set<String> names) {
        if (key.endsWith("-1")) {
            objects.delete(List.of(key));
            return;
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<Table.Item> list = table.get(listKey(key));
            if (list.isEmpty()) {
                objects.delete(List.of(key));
                return;
            }
            Set<String> left = new TreeSet<>(List.of(list.get().text("names").split(" ")));
            boolean changed = left.removeAll(names);
            left.remove("");
            if (!changed && !left.isEmpty()) {
                return;
            }
            if (left.isEmpty()) {
                objects.delete(List.of(key));
                table.deleteAll(List.of(listKey(key)));
                return;
            }
            long version = list.get().number("version");
            Table.Write strike = new Table.Write.Replace(listOf(key, left, version + 1), "version", version);
            if (table.transact(List.of(strike)) == Table.Outcome.DONE) {
                return;
            }
        }
        throw new Fault(
                FaultKind.UNAVAILABLE,
                "the list of segments in %s changed %d times under our hands".formatted(key, MAX_ATTEMPTS));
    }

    /// Deletes every object of `hour` with its list.
    void deleteAllOf(long hour) {
        ObjectStore.Page page;
        do {
            page = objects.list(HeadKeys.objects(hour), null);
            List<String> keys =
                    page.objects().stream().map(ObjectStore.Listed::key).toList();
            objects.delete(keys);
            table.deleteAll(keys.stream().map(HeadObjects::listKey).toList());
        } while (page.next() != null);
    }

    private static Table.Key listKey(String key) {
        return new Table.Key("object#" + key, LIST_SORT);
    }

    private static Table.Item listOf(String key, Set<String> names, long version) {
        return new Table.Item(
                listKey(key),
                Map.of("names", new Attribute.Text(String.join(" ", names)), "version", new Attribute.Number(version)),
                0);
    }
}
