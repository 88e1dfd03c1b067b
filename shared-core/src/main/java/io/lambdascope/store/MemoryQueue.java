package io.lambdascope.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue in memory. Visibility timeouts follow its clock; [#receive] never waits, whatever it is asked. A receipt
/// counts only until its message is received again.
public final class MemoryQueue implements MessageQueue {
    private static final class Message {
        final String id;
        final String body;
        long visibleFromMillis;
        int receiveCount;

        Message(String id, String body) {
            this.id = id;
            this.body = body;
        }

        Message(Message other) {
            this(other.id, other.body);
            visibleFromMillis = other.visibleFromMillis;
            receiveCount = other.receiveCount;
        }

        String receipt() {
            return id + "#" + receiveCount;
        }
    }

    private final InstantSource clock;
    private final Duration visibilityTimeout;
    private final int maxReceiveCount;
    private final @Nullable MemoryQueue deadLetters;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private long sent;

    /// A queue without dead letters.
    public MemoryQueue(InstantSource clock, Duration visibilityTimeout) {
        this(clock, visibilityTimeout, Integer.MAX_VALUE, null);
    }

    /// A queue that moves a message to `deadLetters` instead of handing it out more than `maxReceiveCount` times.
    public MemoryQueue(
            InstantSource clock, Duration visibilityTimeout, int maxReceiveCount, @Nullable MemoryQueue deadLetters) {
        this.clock = clock;
        this.visibilityTimeout = visibilityTimeout;
        this.maxReceiveCount = maxReceiveCount;
        this.deadLetters = deadLetters;
    }

    /// Another queue that holds what this one holds now.
    ///
    /// @param itsClock of the other one
    /// @param itsDeadLetters as this one's
    public synchronized MemoryQueue fork(InstantSource itsClock, @Nullable MemoryQueue itsDeadLetters) {
        MemoryQueue fork = new MemoryQueue(itsClock, visibilityTimeout, maxReceiveCount, itsDeadLetters);
        messages.forEach((id, message) -> fork.messages.put(id, new Message(message)));
        fork.sent = sent;
        return fork;
    }

    @Override
    public synchronized void send(String body) {
        Message message = new Message("message-" + ++sent, MessageQueue.requireBody(body));
        message.visibleFromMillis = clock.millis();
        messages.put(message.id, message);
    }

    @Override
    public synchronized List<Received> receive(int max, int waitSeconds) {
        if (max < 1 || max > MAX_RECEIVE || waitSeconds < 0 || waitSeconds > 20) {
            throw new IllegalArgumentException("receive takes 1 to 10 messages and 0 to 20 seconds, but got %d and %d"
                    .formatted(max, waitSeconds));
        }
        long now = clock.millis();
        List<Received> received = new ArrayList<>();
        Iterator<Message> each = messages.values().iterator();
        while (received.size() < max && each.hasNext()) {
            Message message = each.next();
            if (message.visibleFromMillis > now) {
                continue;
            }
            if (message.receiveCount >= maxReceiveCount) {
                each.remove();
                if (deadLetters != null) {
                    deadLetters.send(message.body);
                }
                continue;
            }
            message.receiveCount++;
            message.visibleFromMillis = now + visibilityTimeout.toMillis();
            received.add(new Received(message.id, message.receipt(), message.body, message.receiveCount));
        }
        return List.copyOf(received);
    }

    @Override
    public synchronized void delete(Collection<String> receipts) {
        receipts.stream().map(this::find).forEach(message -> {
            if (message != null) {
                messages.remove(message.id);
            }
        });
    }

    @Override
    public synchronized void changeVisibility(Collection<String> receipts, int seconds) {
        if (seconds < 0 || seconds > 43_200) {
            throw new IllegalArgumentException("visibility timeout must be 0 to 43200 seconds, but is " + seconds);
        }
        receipts.stream().map(this::find).forEach(message -> {
            if (message != null) {
                message.visibleFromMillis = clock.millis() + seconds * 1000L;
            }
        });
    }

    private @Nullable Message find(String receipt) {
        int hash = receipt.lastIndexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("not a receipt of this queue: \"%s\"".formatted(receipt));
        }
        Message message = messages.get(receipt.substring(0, hash));
        return message != null && message.receipt().equals(receipt) ? message : null;
    }

    /// How many messages there are, hidden ones included.
    public synchronized int depth() {
        return messages.size();
    }
}
