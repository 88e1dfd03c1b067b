package io.lambdascope.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects by key, as S3 keeps them. Every call either took effect, did not, or throws with kind UNAVAILABLE, after
/// which
/// it may have taken effect or not: callers repeat with the same key and bytes.
public interface ObjectStore {
    /// What becomes of a conditional put. Losing is an answer, not a fault.
    enum PutOutcome {
        CREATED,
        ALREADY_EXISTS
    }

    /// @param bytes size of the object
    record Listed(String key, long bytes, long modifiedMillis) {}

    /// @param next where to go on, null at the end
    record Page(List<Listed> objects, @Nullable String next) {}

    /// Writes, over what may be there.
    void put(String key, byte[] body);

    /// Writes the content of a file, over what may be there, without holding it in memory.
    void put(String key, Path file);

    /// Writes if nothing is there.
    PutOutcome putIfAbsent(String key, byte[] body);

    /// Reads all of an object.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    byte[] get(String key);

    /// Reads `[offset, offset + length)`; less if the object ends before.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    byte[] get(String key, long offset, int length);

    /// The size of an object, bytes.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    long size(String key);

    /// Deletes what is there of `keys`.
    void delete(Collection<String> keys);

    /// Lists in key order. Not for hot paths (S4): the catalog says what there is.
    Page list(String prefix, @Nullable String from);
}
