package io.lambdascope.testkit.store;

import io.lambdascope.store.CostMeter;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.MeteredObjectStore;
import io.lambdascope.store.MeteredQueue;
import io.lambdascope.store.MeteredTable;
import io.lambdascope.store.UlidIds;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// An account in memory: stores, a clock and ids that follow from a seed. A test makes services over [#stores], or
/// over [#process] where calls go wrong, and looks at what is stored through the fields.
public final class InMemoryAccount {
    /// How long a received message is hidden.
    public static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(60);

    /// How often a message is received before it goes to the dead letters.
    public static final int MAX_RECEIVE_COUNT = 5;

    private final SettableClock clock;
    private final MemoryObjectStore objects;
    private final MemoryTable head = new MemoryTable();
    private final MemoryTable catalog = new MemoryTable();
    private final MemoryQueue queue;
    private final MemoryQueue deadLetters;
    private final Ids ids;
    private final CostMeter meter = new CostMeter();

    public InMemoryAccount(Instant start, long seed) {
        clock = new SettableClock(start);
        objects = new MemoryObjectStore(clock);
        deadLetters = new MemoryQueue(clock, VISIBILITY_TIMEOUT);
        queue = new MemoryQueue(clock, VISIBILITY_TIMEOUT, MAX_RECEIVE_COUNT, deadLetters);
        ids = new UlidIds(clock, new SplittableRandom(seed));
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
