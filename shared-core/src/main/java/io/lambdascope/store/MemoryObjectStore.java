package io.lambdascope.store;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects in memory. Keeps copies, so that nobody changes what is stored.
public final class MemoryObjectStore implements ObjectStore {
    private record Stored(byte[] body, long modifiedMillis) {
        String etag() {
            return "\"%08x-%d\"".formatted(Arrays.hashCode(body), body.length);
        }
    }

    private final InstantSource clock;
    private final NavigableMap<String, Stored> objects = new TreeMap<>(Utf8Order.INSTANCE);

    public MemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    /// Another store that holds what this one holds now.
    ///
    /// @param itsClock of the other one
    public synchronized MemoryObjectStore fork(InstantSource itsClock) {
        MemoryObjectStore fork = new MemoryObjectStore(itsClock);
        fork.objects.putAll(objects);
        return fork;
    }

    @Override
    public synchronized void put(String key, byte[] body) {
        objects.put(ObjectStore.requireKey(key), new Stored(body.clone(), clock.millis()));
    }

    @Override
    public void put(String key, Path file) {
        try {
            put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] get(String key) {
        return find(key).body.clone();
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        Stored stored = find(key);
        return stored.etag().equals(etag)
                ? new Fetched.Unchanged()
                : new Fetched.Changed(stored.etag(), stored.body.clone());
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "range must start at 0 or later and have a byte, but is %d + %d".formatted(offset, length));
        }
        byte[] body = find(key).body;
        int from = (int) Math.min(offset, body.length);
        int to = (int) Math.min(offset + length, body.length);
        return Arrays.copyOfRange(body, from, to);
    }

    @Override
    public long size(String key) {
        return find(key).body.length;
    }

    private synchronized Stored find(String key) {
        Stored stored = objects.get(ObjectStore.requireKey(key));
        if (stored == null) {
            throw new Fault(FaultKind.NOT_FOUND, "there is no object \"%s\"".formatted(key));
        }
        return stored;
    }

    @Override
    public synchronized void delete(Collection<String> keys) {
        keys.forEach(key -> objects.remove(ObjectStore.requireKey(key)));
    }

    @Override
    public synchronized Page list(String prefix, @Nullable String next) {
        List<Listed> page = new ArrayList<>();
        NavigableMap<String, Stored> rest = next == null ? objects.tailMap(prefix, true) : objects.tailMap(next, false);
        for (var entry : rest.entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(prefix)) {
                break;
            }
            if (page.size() == MAX_PAGE) {
                return new Page(List.copyOf(page), page.getLast().key());
            }
            page.add(new Listed(key, entry.getValue().body.length, entry.getValue().modifiedMillis));
        }
        return new Page(List.copyOf(page), null);
    }
}
