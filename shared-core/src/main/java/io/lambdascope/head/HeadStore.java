package io.lambdascope.head;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The segments that no block holds yet, by tenant, signal and hour of arrival. Items and objects are described in
/// `docs/formats/head.md`.
///
/// Hours are counted from the Unix epoch.
public final class HeadStore {
    /*
     * append() writes, in this order: who has a head at all, the object that large segments share, the list of who
     * lies in it, the registration of (hour, tenant, signal), and last the items, which make segments visible. A crash
     * between any two leaves an object that nobody points to or a registration of nothing; both harm nobody. delete()
     * goes the other way: items, list, object.
     */
    private static final Logger LOG = LoggerFactory.getLogger(HeadStore.class);
    private static final String BYTES = "bytes";
    private static final int REMEMBERED_REGISTRATIONS = 10_000;

    private final Table table;
    private final Ids ids;
    private final InstantSource clock;
    private final HeadSettings settings;
    private final HeadObjects headObjects;
    private final HeadRegistry registry;
    private final Set<Table.Key> registered = ConcurrentHashMap.newKeySet();

    /// A tenant's head of one signal.
    public record Head(Tenant tenant, Signal signal) {}

    public HeadStore(
            Table table,
            ObjectStore objects,
            HeadRegistry registry,
            Ids ids,
            InstantSource clock,
            HeadSettings settings) {
        this.table = table;
        this.registry = registry;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.headObjects = new HeadObjects(table, objects);
    }

    /// The hour of arrival that segments appended now get.
    public long currentHour() {
        return Math.floorDiv(clock.instant().getEpochSecond(), 3600L);
    }

    /// Makes segments durable and visible. After a fault some may be; the caller appends them again.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if a store cannot be reached or throttles
    public void append(List<Segment> segments) {
        if (segments.isEmpty()) {
            return;
        }
        for (Segment segment : segments) {
            registry.ensure(segment.header().tenant(), segment.header().signal());
        }
        long hour = currentHour();
        Map<Table.Key, Table.Item> items = new LinkedHashMap<>();
        List<Segment> large = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.bytes().length <= settings.inlineBytes()) {
                Table.Key key = keyOf(segment.header(), hour);
                items.put(key, new Table.Item(key, Map.of(BYTES, new Attribute.Bytes(segment.bytes())), 0));
            } else if (large.stream().noneMatch(other -> other.id().equals(segment.id()))) {
                large.add(segment);
            }
        }
        for (HeadObjects.Placed placed : headObjects.write(large, hour, ids.next())) {
            Table.Key key = keyOf(placed.segment().header(), hour);
            items.put(key, placed.toItem(key));
        }
        register(segments, hour);
        table.putAll(items.values());
    }

    /// The segments of a head that arrived from `fromHour` to `toHour`, both inside, in no order. They are units that
    /// anybody may read.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the table cannot be asked
    public List<Unit> find(Tenant tenant, Signal signal, long fromHour, long toHour) {
        List<Unit> units = new ArrayList<>();
        for (long hour = fromHour; hour <= toHour; hour++) {
            for (Table.Item item : all(HeadKeys.segments(tenant, signal, hour))) {
                units.add(unitOf(item, tenant, signal));
            }
        }
        return units;
    }

    /// The heads that something arrived for in `hour`.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the table cannot be asked
    public List<Head> headsOf(long hour) {
        List<Head> heads = new ArrayList<>();
        for (Table.Item item : all(HeadKeys.registrations(hour))) {
            heads.add(new Head(new Tenant(item.text("tenant")), Signal.ofCode((int) item.number("signal"))));
        }
        return heads;
    }

    /// Forgets segments that arrived in `hour` and lie in a block now, and deletes objects that hold nothing else.
    /// May be repeated.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE: some may be deleted
    public void delete(Tenant tenant, Signal signal, long hour, Collection<Unit> units) {
        if (units.isEmpty()) {
            return;
        }
        String partition = HeadKeys.segments(tenant, signal, hour);
        Map<String, Set<String>> segmentsByObject = new HashMap<>();
        Set<Table.Key> keys = new HashSet<>();
        for (Unit unit : units) {
            keys.add(new Table.Key(partition, unit.id()));
            if (unit.place() instanceof Unit.Place.Stretch(String key, long _, int _)) {
                segmentsByObject
                        .computeIfAbsent(key, any -> new HashSet<>())
                        .add(HeadObjects.nameOf(tenant, signal, unit.id()));
            }
        }
        table.deleteAll(keys);
        segmentsByObject.forEach(headObjects::release);
    }

    /// Deletes objects that interrupted or repeated appends of `hour` have left behind, if nothing of that hour is in
    /// the head any more.
    ///
    /// @param hour at least two before [#currentHour], so that nobody is still appending to it
    /// @return false if something of that hour still is in the head; then nothing was deleted
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE: some may be deleted
    public boolean sweep(long hour) {
        if (hour > currentHour() - 2) {
            throw new IllegalArgumentException("hour %d may still be appended to".formatted(hour));
        }
        for (Head head : headsOf(hour)) {
            if (!find(head.tenant(), head.signal(), hour, hour).isEmpty()) {
                return false;
            }
        }
        headObjects.deleteAllOf(hour);
        return true;
    }

    /// Reads the bytes of a segment.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if they are not what the unit says, NOT_FOUND if they
    /// have been deleted, UNAVAILABLE
    public static Segment read(Unit unit, ObjectStore objects) {
        Segment segment = Segment.of(bytes(unit, objects));
        HeadKeys.checkIsOf(segment, unit);
        return segment;
    }

    /// What lies where a segment should be, whether it reads or not.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if it has been deleted, UNAVAILABLE
    public static byte[] bytes(Unit unit, ObjectStore objects) {
        return switch (unit.place()) {
            case Unit.Place.Inline(byte[] inline) -> inline;
            case Unit.Place.Stretch(String key, long offset, int length) -> objects.get(key, offset, length);
            case Unit.Place.Prefix(String prefix, var _) ->
                throw new IllegalArgumentException("a block is no segment: " + prefix);
        };
    }

    private void register(List<Segment> segments, long hour) {
        Map<Table.Key, Table.Item> items = new LinkedHashMap<>();
        for (Segment segment : segments) {
            SegmentHeader header = segment.header();
            Table.Key key = new Table.Key(
                    HeadKeys.registrations(hour),
                    header.tenant() + "#" + header.signal().text());
            if (!registered.contains(key)) {
                long expires =
                        clock.instant().plus(settings.registrationLifetime()).getEpochSecond();
                items.put(
                        key,
                        new Table.Item(
                                key,
                                Map.of(
                                        "tenant",
                                                new Attribute.Text(
                                                        header.tenant().id()),
                                        "signal",
                                                new Attribute.Number(
                                                        header.signal().code())),
                                expires));
            }
        }
        if (!items.isEmpty()) {
            table.putAll(items.values());
            if (registered.size() > REMEMBERED_REGISTRATIONS) {
                registered.clear();
            }
            registered.addAll(items.keySet());
        }
    }

    private List<Table.Item> all(String partition) {
        List<Table.Item> items = new ArrayList<>();
        @Nullable String next = null;
        do {
            Table.Page page = table.query(partition, HeadKeys.FIRST_SORT, HeadKeys.LAST_SORT, next);
            items.addAll(page.items());
            next = page.next();
        } while (next != null);
        return items;
    }

    private static Unit unitOf(Table.Item item, Tenant tenant, Signal signal) {
        if (item.has(BYTES)) {
            return inline(item.key().sort(), tenant, signal, item.bytes(BYTES));
        }
        return HeadObjects.unitOf(item, tenant, signal);
    }

    /// One that is not what its name says may hold anything: whoever opens it is told.
    private static Unit inline(String id, Tenant tenant, Signal signal, byte[] bytes) {
        TimeRange range = TimeRange.ALWAYS;
        int rows = 0;
        byte[] facts = new byte[0];
        try {
            SegmentHeader header = SegmentFormat.readHeader(bytes);
            if (header.id().equals(id)) {
                range = header.range();
                rows = header.rows();
                facts = header.facts();
            }
        } catch (Fault e) {
            LOG.warn("segment {} of {} {} has no header that reads: {}", id, tenant, signal.text(), e.text());
        }
        Unit.Place place = new Unit.Place.Inline(bytes);
        return new Unit(id, tenant, signal, Unit.SEGMENT, range, Shard.ALL, rows, bytes.length, facts, place);
    }

    private static Table.Key keyOf(SegmentHeader header, long hour) {
        return new Table.Key(HeadKeys.segments(header.tenant(), header.signal(), hour), header.id());
    }
}
