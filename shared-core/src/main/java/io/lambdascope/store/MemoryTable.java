package io.lambdascope.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Items in memory, with DynamoDB's limits and page sizes. Keeps copies, so that nobody changes what is stored.
public final class MemoryTable implements Table {
    private final Map<String, NavigableMap<String, Item>> partitions = new HashMap<>();

    /// Another table that holds what this one holds now.
    public synchronized MemoryTable fork() {
        MemoryTable fork = new MemoryTable();
        partitions.forEach((name, items) -> fork.partitions.put(name, new TreeMap<>(items)));
        return fork;
    }

    @Override
    public synchronized Optional<Item> get(Key key) {
        TableLimits.requireKey(key);
        return Optional.ofNullable(find(key)).map(MemoryTable::copy);
    }

    private @Nullable Item find(Key key) {
        NavigableMap<String, Item> partition = partitions.get(key.partition());
        return partition == null ? null : partition.get(key.sort());
    }

    @Override
    public synchronized Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        NavigableMap<String, Item> items = partitions.get(partition);
        if (items == null || Utf8Order.INSTANCE.compare(fromSort, toSort) > 0) {
            return new Page(List.of(), null);
        }
        NavigableMap<String, Item> rest = items.subMap(next == null ? fromSort : next, next == null, toSort, true);
        List<Item> page = new ArrayList<>();
        int bytes = 0;
        for (Item item : rest.values()) {
            bytes += TableLimits.bytesOf(item);
            if (bytes > MAX_PAGE_BYTES && !page.isEmpty()) {
                return new Page(List.copyOf(page), page.getLast().key().sort());
            }
            page.add(copy(item));
        }
        return new Page(List.copyOf(page), null);
    }

    @Override
    public synchronized void putAll(Collection<Item> items) {
        TableLimits.requireItems(items);
        items.forEach(this::store);
    }

    @Override
    public synchronized void deleteAll(Collection<Key> keys) {
        TableLimits.requireKeys(keys);
        keys.forEach(this::remove);
    }

    @Override
    public synchronized Outcome transact(List<Write> writes) {
        TableLimits.requireTransaction(writes);
        if (!writes.stream().allMatch(this::isAllowed)) {
            return Outcome.CONDITION_FAILED;
        }
        writes.forEach(this::apply);
        return Outcome.DONE;
    }

    private boolean isAllowed(Write write) {
        Item present = find(write.key());
        return switch (write) {
            case Write.Create _ -> present == null;
            case Write.Put _, Write.Delete _ -> true;
            case Write.Update _ -> present != null;
            case Write.Replace(Item _, String name, long expected) ->
                present == null
                        ? expected == 0
                        : present.attributes().get(name) instanceof Attribute.Number(long value) && value == expected;
        };
    }

    private void apply(Write write) {
        switch (write) {
            case Write.Create(Item item) -> store(item);
            case Write.Put(Item item) -> store(item);
            case Write.Replace(Item item, String _, long _) -> store(item);
            case Write.Update(Key key, Map<String, Attribute> attributes, long expires) -> {
                Item present = find(key);
                if (present != null) {
                    Map<String, Attribute> merged = new HashMap<>(present.attributes());
                    merged.putAll(attributes);
                    store(new Item(key, merged, expires));
                }
            }
            case Write.Delete(Key key) -> remove(key);
        }
    }

    private void store(Item item) {
        partitions
                .computeIfAbsent(item.key().partition(), _ -> new TreeMap<>(Utf8Order.INSTANCE))
                .put(item.key().sort(), copy(item));
    }

    private void remove(Key key) {
        NavigableMap<String, Item> partition = partitions.get(key.partition());
        if (partition != null) {
            partition.remove(key.sort());
        }
    }

    /// Drops what has expired, as DynamoDB does at some time of its own.
    public synchronized void dropExpired(long nowSeconds) {
        partitions
                .values()
                .forEach(items -> items.values()
                        .removeIf(item -> item.expiresAtSeconds() != 0 && item.expiresAtSeconds() <= nowSeconds));
    }

    /// All items, in no order.
    public synchronized List<Item> all() {
        return partitions.values().stream()
                .flatMap(items -> items.values().stream())
                .map(MemoryTable::copy)
                .toList();
    }

    private static Item copy(Item item) {
        Map<String, Attribute> attributes = new HashMap<>(item.attributes());
        attributes.replaceAll((_, attribute) ->
                attribute instanceof Attribute.Bytes(byte[] value) ? new Attribute.Bytes(value.clone()) : attribute);
        return new Item(item.key(), attributes, item.expiresAtSeconds());
    }
}
