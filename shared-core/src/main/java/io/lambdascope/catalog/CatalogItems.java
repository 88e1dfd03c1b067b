package io.lambdascope.catalog;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.store.Table.Attribute.Number;
import io.lambdascope.store.Table.Attribute.Text;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.time.TimeRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The catalog's items and what they mean. Each carries the number of its format; see
/// `docs/formats/catalog.md`.
final class CatalogItems {
    static final String VERSION = "version";

    private static final String EARLIER = "earlier";
    private static final String LATER = "later";
    private static final String FORMAT = "format";
    private static final int CURRENT_FORMAT = 1;

    private CatalogItems() {}

    static Item of(CatalogState state) {
        Map<String, Attribute> attributes = new HashMap<>();
        attributes.put(VERSION, new Number(state.version()));
        attributes.put("headHour", new Number(state.headHour()));
        attributes.put("headFrom", new Text(CatalogKeys.momentOfMillis(state.headHour() * 3_600_000L)));
        attributes.put("quietUntilMillis", new Number(state.quietUntilMillis()));
        attributes.put("sweptMillis", new Number(state.sweptMillis()));
        attributes.put("busyUntilMillis", new Number(state.busyUntilMillis()));
        if (state.setback().count() > 0) {
            attributes.put("setbackLevel", new Number(state.setback().level()));
            attributes.put("setbacks", new Number(state.setback().count()));
            attributes.put("setbackMillis", new Number(state.setback().lastMillis()));
        }
        if (state.cleanVersion() > 0) {
            attributes.put("cleanVersion", new Number(state.cleanVersion()));
        }
        Usage usage = state.usage();
        if (!usage.equals(Usage.NONE)) {
            attributes.put("storedItems", new Number(usage.items()));
            attributes.put("storedBytes", new Number(usage.bytes()));
            attributes.put("storedMillis", new Number(usage.countedMillis()));
            put(usage.earlier(), EARLIER, attributes);
            put(usage.later(), LATER, attributes);
        }
        return item(CatalogKeys.state(state.tenant(), state.signal()), attributes);
    }

    private static void put(Usage.Mark mark, String name, Map<String, Attribute> attributes) {
        attributes.put(name + "Millis", new Number(mark.millis()));
        attributes.put(name + "Items", new Number(mark.items()));
        attributes.put(name + "Series", new Number(mark.series()));
    }

    private static Usage usageOf(Item item) {
        return item.has("storedItems")
                ? new Usage(
                        item.number("storedItems"),
                        item.number("storedBytes"),
                        item.number("storedMillis"),
                        markOf(item, EARLIER),
                        markOf(item, LATER))
                : Usage.NONE;
    }

    private static Usage.Mark markOf(Item item, String name) {
        return new Usage.Mark(item.number(name + "Millis"), item.number(name + "Items"), item.number(name + "Series"));
    }

    static CatalogState stateOf(Item item, Tenant tenant, Signal signal) {
        checkFormat(item);
        return new CatalogState(
                tenant,
                signal,
                item.number(VERSION),
                item.number("headHour"),
                item.number("quietUntilMillis"),
                item.number("sweptMillis"),
                item.has("busyUntilMillis") ? item.number("busyUntilMillis") : 0,
                setbackOf(item),
                usageOf(item),
                item.has("cleanVersion") ? item.number("cleanVersion") : 0);
    }

    private static Setback setbackOf(Item item) {
        return item.has("setbacks")
                ? new Setback(
                        (int) item.number("setbackLevel"), (int) item.number("setbacks"), item.number("setbackMillis"))
                : Setback.NONE;
    }

    static Item of(CatalogBlock block, String partition) {
        Map<String, Attribute> attributes = UnitAttributes.of(block.unit());
        attributes.put("committedMillis", new Number(block.committedMillis()));
        attributes.put(VERSION, new Number(block.version()));
        return item(new Key(partition, block.sortKey()), attributes);
    }

    static CatalogBlock blockOf(Item item, Tenant tenant, Signal signal) {
        checkFormat(item);
        Unit unit = UnitAttributes.unitOf(item, tenant, signal);
        try {
            return new CatalogBlock(unit, item.number("committedMillis"), item.has(VERSION) ? item.number(VERSION) : 0);
        } catch (IllegalArgumentException e) {
            throw Fault.corrupt("catalog item %s says no block: %s", name(item), e.getMessage());
        }
    }

    static Item of(SetAside aside, String partition) {
        Map<String, Attribute> attributes = UnitAttributes.of(aside.unit());
        attributes.put("reason", new Text(aside.reason()));
        attributes.put("sinceMillis", new Number(aside.sinceMillis()));
        return item(new Key(partition, aside.sortKey()), attributes);
    }

    static SetAside setAsideOf(Item item, Tenant tenant, Signal signal) {
        checkFormat(item);
        return new SetAside(
                UnitAttributes.unitOf(item, tenant, signal), item.text("reason"), item.number("sinceMillis"));
    }

    static String prefixOf(Item item) {
        checkFormat(item);
        return item.text("prefix");
    }

    static Item of(TakenSegments taken, String partition) {
        return item(
                new Key(partition, taken.sortKey()),
                Map.of(
                        "committedMillis", new Number(taken.committedMillis()),
                        "segments", new Text(String.join("\n", taken.segments()))));
    }

    static TakenSegments takenOf(Item item) {
        checkFormat(item);
        return new TakenSegments(item.key().sort(), item.number("committedMillis"), lines(item.text("segments")));
    }

    static Item of(CatalogDeletion made, String partition) {
        Deletion deletion = made.deletion();
        return item(
                new Key(partition, made.sortKey()),
                Map.of(
                        "id",
                        new Text(deletion.id()),
                        "selection",
                        new Text(deletion.selection()),
                        "fromNanos",
                        new Number(deletion.range().fromNanos()),
                        "toNanos",
                        new Number(deletion.range().toNanos()),
                        VERSION,
                        new Number(made.version()),
                        "madeMillis",
                        new Number(made.madeMillis()),
                        "segments",
                        new Text(String.join("\n", made.segments()))));
    }

    static CatalogDeletion deletionOf(Item item) {
        checkFormat(item);
        try {
            return new CatalogDeletion(
                    item.key().sort(),
                    new Deletion(
                            item.text("id"),
                            item.text("selection"),
                            new TimeRange(item.number("fromNanos"), item.number("toNanos"))),
                    item.number(VERSION),
                    item.number("madeMillis"),
                    Set.copyOf(lines(item.text("segments"))));
        } catch (IllegalArgumentException e) {
            throw Fault.corrupt("catalog item %s says no deletion: %s", name(item), e.getMessage());
        }
    }

    static Item of(Garbage garbage, String partition) {
        return item(
                new Key(partition, garbage.sortKey()),
                Map.of(
                        "sinceMillis", new Number(garbage.sinceMillis()),
                        "prefixes", new Text(String.join("\n", garbage.prefixes()))));
    }

    static Garbage garbageOf(Item item) {
        checkFormat(item);
        return new Garbage(item.key().sort(), item.number("sinceMillis"), lines(item.text("prefixes")));
    }

    static Item registration(Tenant tenant, Signal signal, long nowMillis) {
        return item(
                CatalogKeys.registration(tenant, signal),
                Map.of(
                        "tenant", new Text(tenant.id()),
                        "signal", new Number(signal.code()),
                        "sinceMillis", new Number(nowMillis)));
    }

    static RegisteredHead registrationOf(Item item) {
        checkFormat(item);
        try {
            return new RegisteredHead(
                    new Tenant(item.text("tenant")), Signal.ofCode(Math.toIntExact(item.number("signal"))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Fault.corrupt("catalog item %s says no tenant and signal: %s", name(item), e.getMessage());
        }
    }

    static Item sweptHead(long hour) {
        return item(
                CatalogKeys.HEAD,
                Map.of("hour", new Number(hour), "until", new Text(CatalogKeys.momentOfMillis(hour * 3_600_000L))));
    }

    static long sweptHeadOf(Item item) {
        checkFormat(item);
        return item.number("hour");
    }

    private static Item item(Key key, Map<String, Attribute> attributes) {
        Map<String, Attribute> all = new HashMap<>(attributes);
        all.put(FORMAT, new Number(CURRENT_FORMAT));
        return new Item(key, all, 0);
    }

    private static void checkFormat(Item item) {
        long format = item.number(FORMAT);
        if (format != CURRENT_FORMAT) {
            throw Fault.corrupt(
                    "catalog item %s has format %d; this build reads %d", name(item), format, CURRENT_FORMAT);
        }
    }

    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    static String name(Item item) {
        return item.key().partition() + " / " + item.key().sort();
    }
}
