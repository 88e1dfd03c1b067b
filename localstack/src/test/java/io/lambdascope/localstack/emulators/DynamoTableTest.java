package io.lambdascope.localstack.emulators;

import io.lambdascope.store.Table;
import io.lambdascope.testkit.store.TableContract;
import java.io.IOException;

class DynamoTableTest extends TableContract {
    private final SharedEmulators emulators = SharedEmulators.get();
    private final Table table = emulators.table();
    private final String prefix = emulators.freshName() + "#";

    DynamoTableTest() throws IOException {}

    @Override
    protected Table table() {
        return table;
    }

    @Override
    protected String prefix() {
        return prefix;
    }
}
