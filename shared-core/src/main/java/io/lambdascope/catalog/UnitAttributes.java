package io.lambdascope.catalog;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.Table.Attribute;
import io.lambdascope.store.Table.Attribute.Bytes;
import io.lambdascope.store.Table.Attribute.Number;
import io.lambdascope.store.Table.Attribute.Text;
import io.lambdascope.store.Table.Item;
import io.lambdascope.time.TimeRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How a unit that lies below a prefix stands in an item of the catalog, but for tenant and signal, which are in the
/// item's key.
final class UnitAttributes {
    /// Facts beyond this are not kept: a unit without facts is read rather than pruned, and items stay cheap
    /// to read.
    static final int MAX_FACTS_BYTES = 32 * 1024;

    private UnitAttributes() {}

    static Map<String, Attribute> of(Unit unit) {
        Unit.Place.Prefix place = (Unit.Place.Prefix) unit.place();
        Map<String, Attribute> attributes = new HashMap<>();
        attributes.put("id", new Text(unit.id()));
        attributes.put("prefix", new Text(place.prefix()));
        attributes.put("tables", new Text(textOf(place.tables())));
        attributes.put("level", new Number(unit.level()));
        attributes.put("fromNanos", new Number(unit.range().fromNanos()));
        attributes.put("toNanos", new Number(unit.range().toNanos()));
        attributes.put("until", new Text(CatalogKeys.moment(unit.range().toNanos())));
        attributes.put("shard", new Number(unit.shard().index()));
        attributes.put("shards", new Number(unit.shard().count()));
        attributes.put("rows", new Number(unit.rows()));
        attributes.put("bytes", new Number(unit.bytes()));
        if (unit.facts().length > 0 && unit.facts().length <= MAX_FACTS_BYTES) {
            attributes.put("facts", new Bytes(unit.facts()));
        }
        return attributes;
    }

    static Unit unitOf(Item item, Tenant tenant, Signal signal) {
        try {
            return new Unit(
                    item.text("id"),
                    tenant,
                    signal,
                    Math.toIntExact(item.number("level")),
                    new TimeRange(item.number("fromNanos"), item.number("toNanos")),
                    new Shard(Math.toIntExact(item.number("shard")), Math.toIntExact(item.number("shards"))),
                    item.number("rows"),
                    item.number("bytes"),
                    item.has("facts") ? item.bytes("facts") : new byte[0],
                    new Unit.Place.Prefix(item.text("prefix"), tablesOf(item.text("tables"))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Fault.corrupt("catalog item %s says no block: %s", CatalogItems.name(item), e.getMessage());
        }
    }

    /// One line per table: name, size, where its footer begins.
    private static String textOf(List<Unit.Table> tables) {
        return tables.stream()
                .map(table -> "%s %d %d".formatted(table.name(), table.bytes(), table.footerOffset()))
                .collect(Collectors.joining("\n"));
    }

    private static List<Unit.Table> tablesOf(String text) {
        return CatalogItems.lines(text).stream()
                .map(line -> {
                    String[] parts = line.split(" ");
                    if (parts.length != 3) {
                        throw new IllegalArgumentException("\"%s\" is not name, size and footer".formatted(line));
                    }
                    return new Unit.Table(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                })
                .toList();
    }
}
