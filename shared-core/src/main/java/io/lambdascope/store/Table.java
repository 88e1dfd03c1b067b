package io.lambdascope.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Items by partition and sort key, as DynamoDB keeps them: the head table and the catalog table are two of these.
/// Reads are strongly consistent. Like [ObjectStore], a call that throws UNAVAILABLE may have taken effect or not.
/// What breaks a limit is an IllegalArgumentException before anything is written; [TableLimits] checks.
public interface Table {
    /// The most writes of one transaction.
    int MAX_TRANSACTION = 100;

    /// The most bytes of all items of one transaction.
    int MAX_TRANSACTION_BYTES = 4 << 20;

    /// The most bytes that one page of a query reads.
    int MAX_PAGE_BYTES = 1 << 20;

    /// The most bytes of one item, keys and attribute names included.
    int MAX_ITEM_BYTES = 400 * 1024;

    record Key(String partition, String sort) {}

    /// An item.
    ///
    /// @param expiresAtSeconds when the store may drop it by itself (it may take days), 0 for never; readers look
    record Item(Key key, Map<String, Attribute> attributes, long expiresAtSeconds) {
        public Item {
            attributes = Map.copyOf(attributes);
        }

        /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if there is none, or not a number
        public long number(String name) {
            if (attributes.get(name) instanceof Attribute.Number(long value)) {
                return value;
            }
            throw missing(name);
        }

        /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if there is none, or not a text
        public String text(String name) {
            if (attributes.get(name) instanceof Attribute.Text(String value)) {
                return value;
            }
            throw missing(name);
        }

        /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if there is none, or not bytes
        public byte[] bytes(String name) {
            if (attributes.get(name) instanceof Attribute.Bytes(byte[] value)) {
                return value;
            }
            throw missing(name);
        }

        public boolean has(String name) {
            return attributes.containsKey(name);
        }

        private RuntimeException missing(String name) {
            return io.lambdascope.fault.Fault.corrupt(
                    "item %s / %s has no readable attribute \"%s\"", key.partition, key.sort, name);
        }
    }

    /// The value of an attribute.
    sealed interface Attribute {
        record Text(String value) implements Attribute {}

        record Number(long value) implements Attribute {}

        record Bytes(byte[] value) implements Attribute {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Bytes(byte[] theirs) && Arrays.equals(value, theirs);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(value);
            }

            @Override
            public String toString() {
                return "Bytes[" + value.length + "]";
            }
        }
    }

    /// One write of a transaction, with its condition.
    sealed interface Write {
        Key key();

        /// Put, if there is no item with this key.
        record Create(Item item) implements Write {
            @Override
            public Key key() {
                return item.key();
            }
        }

        /// Put, whatever is there.
        record Put(Item item) implements Write {
            @Override
            public Key key() {
                return item.key();
            }
        }

        /// Put, if the number attribute `name` of what is there equals `expected`; 0 also if there is no item.
        record Replace(Item item, String name, long expected) implements Write {
            @Override
            public Key key() {
                return item.key();
            }
        }

        /// Set attributes of an item that is there, and when it expires (0 for never); fails if there is none. Its
        /// other attributes stay.
        record Update(Key key, Map<String, Attribute> attributes, long expiresAtSeconds) implements Write {}

        record Delete(Key key) implements Write {}
    }

    /// What becomes of a transaction. Losing a race is an answer, not a fault.
    enum Outcome {
        DONE,
        CONDITION_FAILED
    }

    /// @param next where to go on, null at the end
    record Page(List<Item> items, @Nullable String next) {}

    Optional<Item> get(Key key);

    /// Items of one partition in the order of their sort keys' UTF-8 bytes, at most about 1 MB of them.
    ///
    /// @param fromSort first sort key wanted, inside
    /// @param toSort end of the sort keys wanted, inside
    /// @param next the page before's `next`, null for the first
    Page query(String partition, String fromSort, String toSort, @Nullable String next);

    /// Writes all, over what may be there, in no order and not at once: after a fault some may be written.
    ///
    /// @param items each key once
    void putAll(Collection<Item> items);

    /// Deletes what is there of `keys`, in no order and not at once.
    void deleteAll(Collection<Key> keys);

    /// Writes all or nothing. A transaction that met another one over the same items is tried again inside; one that
    /// finds its conditions not met writes nothing.
    ///
    /// @param writes 1 to [#MAX_TRANSACTION], each key once, at most [#MAX_TRANSACTION_BYTES] of items
    Outcome transact(List<Write> writes);
}
