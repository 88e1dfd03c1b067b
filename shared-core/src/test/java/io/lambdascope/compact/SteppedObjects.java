package io.lambdascope.compact;

import io.lambdascope.store.ObjectStore;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

record SteppedObjects(ObjectStore objects, Lockstep steps) implements ObjectStore {
    private <T> T step(Supplier<T> call) {
        steps.before();
        T result = call.get();
        steps.after();
        return result;
    }

    @Override
    public void put(String key, byte[] body) {
        steps.before();
        objects.put(key, body);
        steps.after();
    }

    @Override
    public void put(String key, Path file) {
        steps.before();
        objects.put(key, file);
        steps.after();
    }

    @Override
    public byte[] get(String key) {
        return step(() -> objects.get(key));
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        return step(() -> objects.getIfChanged(key, etag));
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        return step(() -> objects.get(key, offset, length));
    }

    @Override
    public long size(String key) {
        return step(() -> objects.size(key));
    }

    @Override
    public void delete(Collection<String> keys) {
        steps.before();
        objects.delete(keys);
        steps.after();
    }

    @Override
    public Page list(String prefix, @Nullable String from) {
        return step(() -> objects.list(prefix, from));
    }
}
