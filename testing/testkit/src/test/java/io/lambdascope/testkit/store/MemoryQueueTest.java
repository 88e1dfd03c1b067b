package io.lambdascope.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryQueueTest extends QueueContract {
    private Instant now = Instant.ofEpochSecond(1_800_000_000L);
    private final MemoryQueue deadLetters = new MemoryQueue(() -> now, Duration.ofSeconds(30));
    private final MemoryQueue queue =
            new MemoryQueue(() -> now, Duration.ofSeconds(30), MAX_RECEIVE_COUNT, deadLetters);

    @Override
    protected MessageQueue queue() {
        return queue;
    }

    @Override
    protected MessageQueue deadLetters() {
        return deadLetters;
    }

    @Test
    void showsAgainWhatWasNotDeletedInTime() {
        queue.send("slow");
        MessageQueue.Received first = queue.receive(1, 0).getFirst();
        now = now.plusSeconds(29);
        assertThat(queue.receive(1, 0)).isEmpty();
        now = now.plusSeconds(1);
        MessageQueue.Received second = queue.receive(1, 0).getFirst();
        queue.delete(List.of(first.receipt()));
        assertThat(queue.depth()).isEqualTo(1);
        queue.delete(List.of(second.receipt()));
        assertThat(queue.depth()).isZero();
    }
}
