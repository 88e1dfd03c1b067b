package io.lambdascope.compact;

import io.lambdascope.store.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Pages of `pageItems`.
final class MemTable implements Table {
    private final Map<String, TreeMap<String, Item>> partitions = new HashMap<>();
    private final int pageItems;

    MemTable(int pageItems) {
        this.pageItems = pageItems;
    }

    private TreeMap<String, Item> partition(String name) {
        return partitions.computeIfAbsent(name, any -> new TreeMap<>());
    }

    @Override
    public Optional<Item> get(Key key) {
        return Optional.ofNullable(partition(key.partition()).get(key.sort()));
    }

    @Override
    public Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        List<Item> items = new ArrayList<>();
        for (Item item :
                partition(partition).subMap(fromSort, true, toSort, true).values()) {
            if (next != null && item.key().sort().compareTo(next) <= 0) {
                continue;
            }
            if (items.size() == pageItems) {
                return new Page(items, items.getLast().key().sort());
            }
            items.add(item);
        }
        return new Page(items, null);
    }

    @Override
    public void putAll(Collection<Item> items) {
        items.forEach(item -> partition(item.key().partition()).put(item.key().sort(), item));
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        keys.forEach(key -> partition(key.partition()).remove(key.sort()));
    }

    @Override
    public Outcome transact(List<Write> writes) {
        if (writes.size() > MAX_TRANSACTION) {
            throw new IllegalArgumentException("too many writes: " + writes.size());
        }
        for (Write write : writes) {
            Optional<Item> there = get(write.key());
            boolean holds = switch (write) {
                case Write.Create c -> there.isEmpty();
                case Write.Put p -> true;
                case Write.Replace r -> there.map(item -> item.number(r.name())).orElse(0L) == r.expected();
                case Write.Update u -> there.isPresent();
                case Write.Delete d -> true;
            };
            if (!holds) {
                return Outcome.CONDITION_FAILED;
            }
        }
        for (Write write : writes) {
            switch (write) {
                case Write.Create c -> putAll(List.of(c.item()));
                case Write.Put p -> putAll(List.of(p.item()));
                case Write.Replace r -> putAll(List.of(r.item()));
                case Write.Update u -> {
                    Map<String, Attribute> merged =
                            new HashMap<>(get(u.key()).orElseThrow().attributes());
                    merged.putAll(u.attributes());
                    putAll(List.of(new Item(u.key(), merged, u.expiresAtSeconds())));
                }
                case Write.Delete d -> deleteAll(List.of(d.key()));
            }
        }
        return Outcome.DONE;
    }
}
