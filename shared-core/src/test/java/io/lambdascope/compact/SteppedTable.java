package io.lambdascope.compact;

import io.lambdascope.store.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// @param pageItems the most items of one page of a query
record SteppedTable(Table table, int pageItems, Lockstep steps) implements Table {
    private <T> T step(Supplier<T> call) {
        steps.before();
        T result = call.get();
        steps.after();
        return result;
    }

    @Override
    public Optional<Item> get(Key key) {
        return step(() -> table.get(key));
    }

    @Override
    public Page query(String partition, String fromSort, String toSort, @Nullable String next) {
        return step(() -> cut(table.query(partition, fromSort, toSort, next)));
    }

    private Page cut(Page page) {
        if (page.items().size() <= pageItems) {
            return page;
        }
        List<Item> items = page.items().subList(0, pageItems);
        return new Page(items, items.getLast().key().sort());
    }

    /// Not at once: one by one, each a step.
    @Override
    public void putAll(Collection<Item> items) {
        for (Item item : items) {
            steps.before();
            table.putAll(List.of(item));
            steps.after();
        }
    }

    /// Not at once: one by one, each a step.
    @Override
    public void deleteAll(Collection<Key> keys) {
        for (Key key : keys) {
            steps.before();
            table.deleteAll(List.of(key));
            steps.after();
        }
    }

    @Override
    public Outcome transact(List<Write> writes) {
        return step(() -> table.transact(writes));
    }
}
