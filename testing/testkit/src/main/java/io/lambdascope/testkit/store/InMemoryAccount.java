package io.lambdascope.testkit.store;

import io.lambdascope.store.CostMeter;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.MeteredObjectStore;
import io.lambdascope.store.MeteredQueue;
import io.lambdascope.store.MeteredTable;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.store.UlidIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// An account in memory: stores, a clock and ids that follow from a seed. A test makes services over [#stores], or
/// over [#process] where calls go wrong, and looks at what is stored through the fields.
public final class InMemoryAccount {
    /// How long a received message is hidden.
    public static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(60);

    /// How often a message is received before it goes to the dead letters.
    public static final int MAX_RECEIVE_COUNT = 5;

    private final SettableClock clock;
    private final MemoryObjectStore objects;
    private final MemoryTable head;
    private final MemoryTable catalog;
    private final MemoryQueue queue;
    private final MemoryQueue deadLetters;
    private final Ids ids;
    private final CostMeter meter = new CostMeter();

    public InMemoryAccount(Instant start, long seed) {
        clock = new SettableClock(start);
        objects = new MemoryObjectStore(clock);
        head = new MemoryTable();
        catalog = new MemoryTable();
        deadLetters = new MemoryQueue(clock, VISIBILITY_TIMEOUT);
        queue = new MemoryQueue(clock, VISIBILITY_TIMEOUT, MAX_RECEIVE_COUNT, deadLetters);
        ids = new UlidIds(clock, new SplittableRandom(seed));
    }

    private InMemoryAccount(InMemoryAccount other, long seed) {
        clock = new SettableClock(other.clock.instant());
        objects = other.objects.fork(clock);
        head = other.head.fork();
        catalog = other.catalog.fork();
        deadLetters = other.deadLetters.fork(clock, null);
        queue = other.queue.fork(clock, deadLetters);
        ids = new UlidIds(clock, new SplittableRandom(seed));
    }

    /// Another account in which everything is as it is in this one now; from here on they have nothing to do with each
    /// other.
    ///
    /// @param seed of its ids, not used before
    public InMemoryAccount fork(long seed) {
        return new InMemoryAccount(this, seed);
    }

    /// A digest of the time, the tables and the objects: accounts with equal ones, whose queues are empty, have equal
    /// futures.
    public String fingerprint() {
        MessageDigest digest = sha256();
        add(clock.instant().toString(), digest);
        for (MemoryTable table : List.of(head, catalog)) {
            Map<String, Table.Item> items = new TreeMap<>();
            table.all()
                    .forEach(item ->
                            items.put(item.key().partition() + "\n" + item.key().sort(), item));
            items.forEach((key, item) -> {
                add(key, digest);
                add(String.valueOf(item.expiresAtSeconds()), digest);
                new TreeMap<>(item.attributes()).forEach((name, value) -> {
                    add(name, digest);
                    if (value instanceof Table.Attribute.Bytes(byte[] bytes)) {
                        add(bytes, digest);
                    } else {
                        add(value.toString(), digest);
                    }
                });
            });
        }
        for (ObjectStore.Listed object : objects.list("", null).objects()) {
            add(object.key(), digest);
            add(String.valueOf(object.modifiedMillis()), digest);
            add(objects.get(object.key()), digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(String text, MessageDigest digest) {
        add(text.getBytes(StandardCharsets.UTF_8), digest);
    }

    private static void add(byte[] bytes, MessageDigest digest) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public SettableClock clock() {
        return clock;
    }

    public MemoryObjectStore objects() {
        return objects;
    }

    public MemoryTable head() {
        return head;
    }

    public MemoryTable catalog() {
        return catalog;
    }

    public MemoryQueue queue() {
        return queue;
    }

    public MemoryQueue deadLetters() {
        return deadLetters;
    }

    public Ids ids() {
        return ids;
    }

    /// What all calls through [#stores] and [#process] cost.
    public CostMeter meter() {
        return meter;
    }

    /// The stores as a process sees them to which nothing happens.
    public AccountStores stores() {
        return process(FaultSchedule.none());
    }

    /// The stores as one process sees them whose calls go wrong as `schedule` says. A process that is started after a
    /// kill is another one, with a schedule of its own.
    public AccountStores process(FaultSchedule schedule) {
        return new AccountStores(
                new FaultyObjectStore(new MeteredObjectStore(objects, meter), schedule),
                new FaultyTable(new MeteredTable(head, meter), schedule),
                new FaultyTable(new MeteredTable(catalog, meter), schedule),
                new FaultyQueue(new MeteredQueue(queue, meter), schedule),
                clock,
                ids);
    }
}
