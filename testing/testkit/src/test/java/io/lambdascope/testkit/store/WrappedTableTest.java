package io.lambdascope.testkit.store;

import io.lambdascope.store.CostMeter;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.MeteredTable;
import io.lambdascope.store.Table;

class WrappedTableTest extends TableContract {
    private final Table table =
            new MeteredTable(new FaultyTable(new MemoryTable(), FaultSchedule.none()), new CostMeter());

    @Override
    protected Table table() {
        return table;
    }
}
