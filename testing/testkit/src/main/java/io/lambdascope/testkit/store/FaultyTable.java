package io.lambdascope.testkit.store;

import io.lambdascope.store.Table;
import io.lambdascope.store.TableLimits;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table whose calls go wrong as a [FaultSchedule] says. Batches are not atomic in DynamoDB, so each item of
/// [#putAll] and [#deleteAll] is a call of its own here: a batch can be cut short anywhere.
public final class FaultyTable implements Table {
    private final Table table;
    private final FaultSchedule schedule;

    public FaultyTable(Table table, FaultSchedule schedule) {
        this.table = table;
        this.schedule = schedule;
    }

    @Override
    public Optional<Item> get(Key key) {
        return schedule.read("table.get", () -> table.get(key));
    }

    @Override
    public Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        return schedule.read("table.query", () -> table.query(partition, fromSort, toSort, next));
    }

    @Override
    public void putAll(Collection<Item> items) {
        TableLimits.requireItems(items);
        for (Item item : items) {
            schedule.write("table.put", () -> {
                table.putAll(List.of(item));
                return true;
            });
        }
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        TableLimits.requireKeys(keys);
        for (Key key : keys) {
            schedule.write("table.delete", () -> {
                table.deleteAll(List.of(key));
                return true;
            });
        }
    }

    @Override
    public Outcome transact(List<Write> writes) {
        List<Write> sent = List.copyOf(writes);
        return schedule.writeOnce("table.transact", () -> table.transact(sent));
    }
}
