package io.lambdascope.store;

import io.lambdascope.store.CostMeter.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// Counts calls to a queue; one that throws counts nothing.
public final class MeteredQueue implements MessageQueue {
    private static final int MESSAGES_PER_BATCH = 10;

    private final MessageQueue queue;
    private final CostMeter meter;

    public MeteredQueue(MessageQueue queue, CostMeter meter) {
        this.queue = queue;
        this.meter = meter;
    }

    @Override
    public void send(String body) {
        queue.send(body);
        meter.countSqs(Operation.SQS_SEND, utf8Bytes(body));
    }

    @Override
    public List<Received> receive(int max, int waitSeconds) {
        List<Received> received = queue.receive(max, waitSeconds);
        long bytes = received.stream()
                .mapToLong(message -> utf8Bytes(message.body()))
                .sum();
        meter.countSqs(Operation.SQS_RECEIVE, bytes);
        return received;
    }

    @Override
    public void delete(Collection<String> receipts) {
        queue.delete(receipts);
        countBatches(Operation.SQS_DELETE, receipts.size());
    }

    @Override
    public void changeVisibility(Collection<String> receipts, int seconds) {
        queue.changeVisibility(receipts, seconds);
        countBatches(Operation.SQS_CHANGE_VISIBILITY, receipts.size());
    }

    private void countBatches(Operation operation, int messages) {
        long calls = Math.ceilDiv(messages, MESSAGES_PER_BATCH);
        meter.count(operation, calls, calls, 0);
    }

    private static long utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
