package io.lambdascope.compact;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class MemObjects implements ObjectStore {
    private record Stored(byte[] bytes, long millis) {}

    private final Map<String, Stored> objects = new TreeMap<>();
    private final InstantSource clock;

    MemObjects(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void put(String key, byte[] body) {
        objects.put(key, new Stored(body.clone(), clock.millis()));
    }

    @Override
    public void put(String key, Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PutOutcome putIfAbsent(String key, byte[] body) {
        return objects.putIfAbsent(key, new Stored(body.clone(), clock.millis())) == null
                ? PutOutcome.CREATED
                : PutOutcome.ALREADY_EXISTS;
    }

    @Override
    public byte[] get(String key) {
        Stored stored = objects.get(key);
        if (stored == null) {
            throw new Fault(FaultKind.NOT_FOUND, "no object " + key);
        }
        return stored.bytes().clone();
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        byte[] all = get(key);
        return Arrays.copyOfRange(all, (int) offset, (int) Math.min(all.length, offset + length));
    }

    @Override
    public long size(String key) {
        return get(key).length;
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public Page list(String prefix, @Nullable String from) {
        return new Page(
                objects.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .map(entry -> new Listed(
                                entry.getKey(),
                                entry.getValue().bytes().length,
                                entry.getValue().millis()))
                        .toList(),
                null);
    }

    List<String> keys() {
        return List.copyOf(objects.keySet());
    }
}
