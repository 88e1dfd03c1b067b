package io.lambdascope.testkit.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects on the heap, that a test can damage, and a count of what was read.
final class HeapObjects implements ObjectStore {
    final TreeMap<String, byte[]> objects = new TreeMap<>();
    int reads;
    long bytesRead;

    @Override
    public void put(String key, byte[] body) {
        objects.put(key, body.clone());
    }

    @Override
    public void put(String key, Path file) {
        try {
            objects.put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] object(String key) {
        byte[] body = objects.get(key);
        if (body == null) {
            throw new Fault(FaultKind.NOT_FOUND, "no object " + key);
        }
        return body;
    }

    @Override
    public byte[] get(String key) {
        return get(key, 0, Integer.MAX_VALUE);
    }

    @Override
    public Fetched getIfChanged(String key, @Nullable String etag) {
        throw new UnsupportedOperationException("blocks do not change");
    }

    @Override
    public byte[] get(String key, long offset, int length) {
        byte[] body = object(key);
        int from = (int) Math.min(offset, body.length);
        byte[] part = Arrays.copyOfRange(body, from, (int) Math.min(body.length, (long) from + length));
        reads++;
        bytesRead += part.length;
        return part;
    }

    @Override
    public long size(String key) {
        return object(key).length;
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public Page list(String prefix, @Nullable String from) {
        throw new UnsupportedOperationException("blocks are not listed");
    }
}
