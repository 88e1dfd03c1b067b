package io.lambdascope.localstack.emulators;

import io.lambdascope.store.ObjectStore;
import io.lambdascope.testkit.store.ObjectStoreContract;
import java.io.IOException;

class S3ObjectStoreTest extends ObjectStoreContract {
    private final SharedEmulators emulators = SharedEmulators.get();
    private final String prefix = emulators.freshName() + "/";

    S3ObjectStoreTest() throws IOException {}

    @Override
    protected ObjectStore store() {
        return emulators.objects();
    }

    @Override
    protected String prefix() {
        return prefix;
    }
}
