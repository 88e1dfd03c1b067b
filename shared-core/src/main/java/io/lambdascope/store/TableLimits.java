package io.lambdascope.store;

import io.lambdascope.store.Table.Attribute;
import io.lambdascope.store.Table.Item;
import io.lambdascope.store.Table.Key;
import io.lambdascope.store.Table.Write;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What DynamoDB takes, checked before a call: sizes as its developer guide counts them ("DynamoDB item sizes and
/// formats"), and each key at most once in one call.
public final class TableLimits {
    /// Name of the attribute that holds a key's partition.
    public static final String PARTITION = "part";

    /// Name of the attribute that holds a key's sort part.
    public static final String SORT = "sort";

    /// Name of the attribute that holds the seconds since 1970 after which an item may be dropped.
    public static final String EXPIRES = "expires";

    private static final Set<String> TAKEN = Set.of(PARTITION, SORT, EXPIRES);
    private static final int MAX_PARTITION_BYTES = 2048;
    private static final int MAX_SORT_BYTES = 1024;

    private TableLimits() {}

    /// Checks a key.
    ///
    /// @throws IllegalArgumentException if a part of it is empty or too long
    public static void requireKey(Key key) {
        requireLength("partition", key.partition(), MAX_PARTITION_BYTES);
        requireLength("sort key", key.sort(), MAX_SORT_BYTES);
    }

    private static void requireLength(String what, String text, int most) {
        int bytes = utf8Bytes(text);
        if (bytes == 0 || bytes > most) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d bytes, but is %d: \"%s\"".formatted(what, most, bytes, text));
        }
    }

    /// Checks items that are written together.
    ///
    /// @throws IllegalArgumentException if one breaks a limit, or a key comes twice
    public static void requireItems(Collection<Item> items) {
        requireDistinct(items.stream().map(Item::key).toList());
        items.forEach(TableLimits::requireItem);
    }

    /// Checks keys that are deleted together.
    ///
    /// @throws IllegalArgumentException if one breaks a limit, or comes twice
    public static void requireKeys(Collection<Key> keys) {
        requireDistinct(keys);
        keys.forEach(TableLimits::requireKey);
    }

    /// Checks a transaction.
    ///
    /// @throws IllegalArgumentException if there are too few or too many writes, or one of them breaks a limit
    public static void requireTransaction(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > Table.MAX_TRANSACTION) {
            throw new IllegalArgumentException(
                    "a transaction takes 1 to %d writes, but has %d".formatted(Table.MAX_TRANSACTION, writes.size()));
        }
        requireDistinct(writes.stream().map(Write::key).toList());
        long bytes = 0;
        for (Write write : writes) {
            switch (write) {
                case Write.Create(Item item) -> requireItem(item);
                case Write.Put(Item item) -> requireItem(item);
                case Write.Replace(Item item, String _, long _) -> requireItem(item);
                case Write.Update(Key key, Map<String, Attribute> attributes, long expires) ->
                    requireItem(new Item(key, attributes, expires));
                case Write.Delete(Key key) -> requireKey(key);
            }
            bytes += bytesOf(write);
        }
        if (bytes > Table.MAX_TRANSACTION_BYTES) {
            throw new IllegalArgumentException(
                    "a transaction takes %d bytes, but has %d".formatted(Table.MAX_TRANSACTION_BYTES, bytes));
        }
    }

    private static void requireItem(Item item) {
        requireKey(item.key());
        for (String name : item.attributes().keySet()) {
            if (name.isEmpty() || TAKEN.contains(name)) {
                throw new IllegalArgumentException(
                        "attribute name must not be empty or one of %s, but is \"%s\"".formatted(TAKEN, name));
            }
        }
        int bytes = bytesOf(item);
        if (bytes > Table.MAX_ITEM_BYTES) {
            throw new IllegalArgumentException("item %s / %s has %d bytes, more than the %d that fit"
                    .formatted(item.key().partition(), item.key().sort(), bytes, Table.MAX_ITEM_BYTES));
        }
    }

    private static void requireDistinct(Collection<Key> keys) {
        Set<Key> seen = new HashSet<>();
        for (Key key : keys) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(
                        "key %s / %s comes twice in one call".formatted(key.partition(), key.sort()));
            }
        }
    }

    /// Bytes that an item takes: names and values of all attributes, those of the key and the expiry included.
    public static int bytesOf(Item item) {
        int bytes = bytesOf(item.key());
        for (Map.Entry<String, Attribute> attribute : item.attributes().entrySet()) {
            bytes += utf8Bytes(attribute.getKey()) + bytesOf(attribute.getValue());
        }
        if (item.expiresAtSeconds() != 0) {
            bytes += utf8Bytes(EXPIRES) + numberBytes(item.expiresAtSeconds());
        }
        return bytes;
    }

    /// Bytes that a write carries. An update counts here as what it sets; DynamoDB bills the whole item.
    public static int bytesOf(Write write) {
        return switch (write) {
            case Write.Create(Item item) -> bytesOf(item);
            case Write.Put(Item item) -> bytesOf(item);
            case Write.Replace(Item item, String _, long _) -> bytesOf(item);
            case Write.Update(Key key, Map<String, Attribute> attributes, long expires) ->
                bytesOf(new Item(key, attributes, expires));
            case Write.Delete(Key key) -> bytesOf(key);
        };
    }

    private static int bytesOf(Key key) {
        return utf8Bytes(PARTITION) + utf8Bytes(key.partition()) + utf8Bytes(SORT) + utf8Bytes(key.sort());
    }

    private static int bytesOf(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text(String value) -> utf8Bytes(value);
            case Attribute.Number(long value) -> numberBytes(value);
            case Attribute.Bytes(byte[] value) -> value.length;
        };
    }

    /// One byte for every two significant digits, and one; a sign takes one more.
    private static int numberBytes(long value) {
        int digits = Long.toString(value).length() - (value < 0 ? 1 : 0);
        return (digits + 1) / 2 + 1 + (value < 0 ? 1 : 0);
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
