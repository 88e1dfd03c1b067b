package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTableTest extends TableContract {
    private final MemoryTable table = new MemoryTable();

    @Override
    protected Table table() {
        return table;
    }

    @Test
    void dropsWhatHasExpired() {
        Table.Item never = new Table.Item(new Table.Key("p", "never"), Map.of(), 0);
        Table.Item later = new Table.Item(new Table.Key("p", "later"), Map.of(), 101);
        Table.Item now = new Table.Item(new Table.Key("p", "now"), Map.of(), 100);
        table.putAll(List.of(never, later, now));
        table.dropExpired(100);
        assertThat(table.all()).containsExactlyInAnyOrder(never, later);
    }
}
