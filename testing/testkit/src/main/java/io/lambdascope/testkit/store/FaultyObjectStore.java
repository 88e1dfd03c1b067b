package io.lambdascope.testkit.store;

import io.lambdascope.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object store whose calls go wrong as a [FaultSchedule] says.
public final class FaultyObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final FaultSchedule schedule;

    public FaultyObjectStore(ObjectStore store, FaultSchedule schedule) {
        this.store = store;
        this.schedule = schedule;
    }

    @Override
    public void put(String key, byte[] body) {
        byte[] sent = body.clone();
        schedule.write("objects.put", () -> {
            store.put(key, sent);
            return true;
        });
    }

    /// Sends what the file holds now, also when it takes effect late.
    @Override
    public void put(String key, Path file) {
        byte[] sent;
        try {
            sent = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        put(key, sent);
    }

    @Override
    public byte[] get(String key) {
        return schedule.read("objects.get", () -> store.get(key));
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        return schedule.read("objects.getIfChanged", () -> store.getIfChanged(key, etag));
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        return schedule.read("objects.getRange", () -> store.get(key, offset, length));
    }

    @Override
    public long size(String key) {
        return schedule.read("objects.size", () -> store.size(key));
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> sent = List.copyOf(keys);
        schedule.write("objects.delete", () -> {
            store.delete(sent);
            return true;
        });
    }

    @Override
    public Page list(String prefix, @Nullable String next) {
        return schedule.read("objects.list", () -> store.list(prefix, next));
    }
}
