package io.lambdascope.testkit.store;

import io.lambdascope.store.CostMeter;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.MeteredQueue;
import java.time.Duration;
import java.time.Instant;

class WrappedQueueTest extends QueueContract {
    private final MemoryQueue deadLetters = new MemoryQueue(() -> Instant.EPOCH, Duration.ofSeconds(30));
    private final MessageQueue queue = new MeteredQueue(
            new FaultyQueue(
                    new MemoryQueue(() -> Instant.EPOCH, Duration.ofSeconds(30), MAX_RECEIVE_COUNT, deadLetters),
                    FaultSchedule.none()),
            new CostMeter());

    @Override
    protected MessageQueue queue() {
        return queue;
    }

    @Override
    protected MessageQueue deadLetters() {
        return deadLetters;
    }
}
