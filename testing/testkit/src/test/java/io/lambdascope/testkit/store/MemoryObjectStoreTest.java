package io.lambdascope.testkit.store;

import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.ObjectStore;
import java.time.Instant;

class MemoryObjectStoreTest extends ObjectStoreContract {
    private final ObjectStore store = new MemoryObjectStore(() -> Instant.ofEpochSecond(1_800_000_000L));

    @Override
    protected ObjectStore store() {
        return store;
    }
}
