package io.lambdascope.testkit.store;

import io.lambdascope.store.MessageQueue;
import java.util.Collection;
import java.util.List;

/// A queue whose calls go wrong as a [FaultSchedule] says. A receive whose answer is lost hides its messages all the
/// same.
public final class FaultyQueue implements MessageQueue {
    private final MessageQueue queue;
    private final FaultSchedule schedule;

    public FaultyQueue(MessageQueue queue, FaultSchedule schedule) {
        this.queue = queue;
        this.schedule = schedule;
    }

    @Override
    public void send(String body) {
        schedule.write("queue.send", () -> {
            queue.send(body);
            return true;
        });
    }

    @Override
    public List<Received> receive(int max, int waitSeconds) {
        return schedule.write("queue.receive", () -> queue.receive(max, waitSeconds));
    }

    @Override
    public void delete(Collection<String> receipts) {
        List<String> sent = List.copyOf(receipts);
        schedule.write("queue.delete", () -> {
            queue.delete(sent);
            return true;
        });
    }

    @Override
    public void changeVisibility(Collection<String> receipts, int seconds) {
        List<String> sent = List.copyOf(receipts);
        schedule.write("queue.changeVisibility", () -> {
            queue.changeVisibility(sent, seconds);
            return true;
        });
    }
}
