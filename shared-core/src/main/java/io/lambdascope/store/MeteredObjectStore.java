package io.lambdascope.store;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.CostMeter.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts calls to an object store. A put that lost and a get of what is not there are billed too; a call that throws
/// another fault counts nothing.
public final class MeteredObjectStore implements ObjectStore {
    private static final int KEYS_PER_DELETE = 1000;

    private final ObjectStore store;
    private final CostMeter meter;

    public MeteredObjectStore(ObjectStore store, CostMeter meter) {
        this.store = store;
        this.meter = meter;
    }

    @Override
    public void put(String key, byte[] body) {
        store.put(key, body);
        meter.count(Operation.S3_PUT, 1, 1, body.length);
    }

    @Override
    public void put(String key, Path file) {
        store.put(key, file);
        try {
            meter.count(Operation.S3_PUT, 1, 1, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] get(String key) {
        byte[] body = billedIfMissing(Operation.S3_GET, () -> store.get(key));
        meter.count(Operation.S3_GET, 1, 1, body.length);
        return body;
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        Fetched fetched = billedIfMissing(Operation.S3_GET, () -> store.getIfChanged(key, etag));
        meter.count(Operation.S3_GET, 1, 1, fetched instanceof Fetched.Changed changed ? changed.body().length : 0);
        return fetched;
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        byte[] body = billedIfMissing(Operation.S3_GET, () -> store.get(key, offset, length));
        meter.count(Operation.S3_GET, 1, 1, body.length);
        return body;
    }

    @Override
    public long size(String key) {
        long size = billedIfMissing(Operation.S3_HEAD, () -> store.size(key));
        meter.count(Operation.S3_HEAD, 1, 1, 0);
        return size;
    }

    private <T> T billedIfMissing(Operation operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (Fault fault) {
            if (fault.kind() == FaultKind.NOT_FOUND) {
                meter.count(operation, 1, 1, 0);
            }
            throw fault;
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        store.delete(keys);
        long calls = Math.ceilDiv(keys.size(), KEYS_PER_DELETE);
        meter.count(Operation.S3_DELETE, calls, calls, 0);
    }

    @Override
    public Page list(String prefix, @Nullable String next) {
        Page page = store.list(prefix, next);
        meter.count(Operation.S3_LIST, 1, 1, 0);
        return page;
    }
}
