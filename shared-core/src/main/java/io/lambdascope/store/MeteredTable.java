package io.lambdascope.store;

import io.lambdascope.store.CostMeter.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts calls to a table. A failed condition is billed like a write; a call that throws counts nothing.
///
/// DynamoDB bills a write by the larger of the item before and after it. The size before is known here if the item
/// passed through lately; else it counts as no larger than what is written, and as 1 KB where it is deleted.
public final class MeteredTable implements Table {
    private static final int BYTES_PER_WRITE_UNIT = 1024;
    private static final int BYTES_PER_READ_UNIT = 4096;
    private static final int ITEMS_PER_BATCH = 25;
    private static final int UNITS_IN_TRANSACTION = 2;
    private static final int REMEMBERED_SIZES = 10_000;

    private final Table table;
    private final CostMeter meter;
    private final Map<Key, Integer> sizes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > REMEMBERED_SIZES;
        }
    };

    public MeteredTable(Table table, CostMeter meter) {
        this.table = table;
        this.meter = meter;
    }

    @Override
    public Optional<Item> get(Key key) {
        Optional<Item> found = table.get(key);
        long bytes = found.map(this::remember).orElse(0);
        meter.count(Operation.DYNAMO_GET, 1, CostMeter.unitsOf(bytes, BYTES_PER_READ_UNIT), bytes);
        return found;
    }

    @Override
    public Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        Page page = table.query(partition, fromSort, toSort, next);
        long bytes = page.items().stream().mapToLong(this::remember).sum();
        meter.count(Operation.DYNAMO_QUERY, 1, CostMeter.unitsOf(bytes, BYTES_PER_READ_UNIT), bytes);
        return page;
    }

    @Override
    public void putAll(Collection<Item> items) {
        table.putAll(items);
        long units = 0;
        long bytes = 0;
        for (Item item : items) {
            int before = sizeOf(item.key());
            int after = remember(item);
            units += writeUnits(Math.max(before, after));
            bytes += after;
        }
        meter.count(Operation.DYNAMO_PUT, Math.ceilDiv(items.size(), ITEMS_PER_BATCH), units, bytes);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        table.deleteAll(keys);
        long units = keys.stream().mapToLong(key -> writeUnits(forget(key))).sum();
        meter.count(Operation.DYNAMO_DELETE, Math.ceilDiv(keys.size(), ITEMS_PER_BATCH), units, 0);
    }

    @Override
    public Outcome transact(List<Write> writes) {
        Outcome outcome = table.transact(writes);
        long units = 0;
        long bytes = 0;
        for (Write write : writes) {
            int before = sizeOf(write.key());
            int sent = TableLimits.bytesOf(write);
            units += UNITS_IN_TRANSACTION * writeUnits(Math.max(before, sent));
            bytes += sent;
            if (outcome == Outcome.DONE) {
                rememberEffect(write, before, sent);
            }
        }
        meter.count(Operation.DYNAMO_TRANSACT, 1, units, bytes);
        return outcome;
    }

    private void rememberEffect(Write write, int before, int sent) {
        switch (write) {
            case Write.Create(Item item) -> remember(item);
            case Write.Put(Item item) -> remember(item);
            case Write.Replace(Item item, String _, long _) -> remember(item);
            case Write.Update(Key key, Map<String, Attribute> _, long _) -> remember(key, Math.max(before, sent));
            case Write.Delete(Key key) -> forget(key);
        }
    }

    private static long writeUnits(int bytes) {
        return CostMeter.unitsOf(bytes, BYTES_PER_WRITE_UNIT);
    }

    private int remember(Item item) {
        int bytes = TableLimits.bytesOf(item);
        remember(item.key(), bytes);
        return bytes;
    }

    private void remember(Key key, int bytes) {
        synchronized (sizes) {
            sizes.put(key, bytes);
        }
    }

    private int sizeOf(Key key) {
        synchronized (sizes) {
            return sizes.getOrDefault(key, 0);
        }
    }

    private int forget(Key key) {
        synchronized (sizes) {
            Integer size = sizes.remove(key);
            return size == null ? 0 : size;
        }
    }
}
