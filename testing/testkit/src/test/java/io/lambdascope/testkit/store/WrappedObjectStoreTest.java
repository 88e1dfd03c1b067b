package io.lambdascope.testkit.store;

import io.lambdascope.store.CostMeter;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MeteredObjectStore;
import io.lambdascope.store.ObjectStore;
import java.time.Instant;

class WrappedObjectStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new MeteredObjectStore(
            new FaultyObjectStore(
                    new MemoryObjectStore(() -> Instant.ofEpochSecond(1_800_000_000L)), FaultSchedule.none()),
            new CostMeter());

    @Override
    protected ObjectStore store() {
        return store;
    }
}
