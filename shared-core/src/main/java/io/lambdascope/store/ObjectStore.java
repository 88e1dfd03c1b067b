package io.lambdascope.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects by key, as S3 keeps them. A call takes effect and returns, or throws a fault of kind UNAVAILABLE, after
/// which it may have taken effect or not: callers repeat with the same key and bytes.
///
/// A key is 1 to 1024 bytes of UTF-8 in parts joined by `/`, none of them empty, `.` or `..`. No key may continue
/// another after a `/`: local emulators keep objects as files.
public interface ObjectStore {
    /// The most bytes of a key as UTF-8.
    int MAX_KEY_BYTES = 1024;

    /// The most objects of one [Page].
    int MAX_PAGE = 1000;

    /// What a read finds of an object that the caller may know already.
    sealed interface Fetched {
        /// It is as the caller knows it.
        record Unchanged() implements Fetched {}

        /// @param etag names this content of the object
        record Changed(String etag, byte[] body) implements Fetched {}
    }

    /// @param bytes size of the object
    record Listed(String key, long bytes, long modifiedMillis) {}

    /// @param next where to go on, null at the end
    record Page(List<Listed> objects, @Nullable String next) {}

    /// Writes, over what may be there.
    void put(String key, byte[] body);

    /// Writes the content of a file, over what may be there, without holding it in memory.
    void put(String key, Path file);

    /// Reads all of an object.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    byte[] get(String key);

    /// Reads all of an object, unless its content is that which `etag` names.
    ///
    /// @param etag of an earlier read, null for none
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    Fetched getIfChanged(String key, @Nullable String etag);

    /// Reads `[offset, offset + length)`; less if the object ends before, nothing if it ends before `offset`.
    ///
    /// @param length at least 1
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    byte[] get(String key, long offset, int length);

    /// The size of an object, bytes.
    ///
    /// @throws io.lambdascope.fault.Fault NOT_FOUND if there is none
    long size(String key);

    /// Deletes what is there of `keys`.
    void delete(Collection<String> keys);

    /// Lists in the order of the keys' UTF-8 bytes. Not for hot paths (S4): the catalog says what there is.
    ///
    /// @param prefix what the keys start with, empty for all
    /// @param next the page before's `next`, null for the first
    Page list(String prefix, @Nullable String next);

    /// The key itself, if it is one.
    ///
    /// @throws IllegalArgumentException if it breaks the form above
    static String requireKey(String key) {
        boolean badPart = false;
        for (String part : key.split("/", -1)) {
            badPart |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (badPart || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "object key must be parts joined by \"/\", at most %d bytes, but is \"%s\""
                            .formatted(MAX_KEY_BYTES, key));
        }
        return key;
    }
}
