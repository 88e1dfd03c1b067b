package io.lambdascope.localstack.emulators;

import io.lambdascope.store.MessageQueue;
import io.lambdascope.testkit.store.QueueContract;
import java.io.IOException;

class SqsQueueTest extends QueueContract {
    private final SharedEmulators.Queues queues = SharedEmulators.get().freshQueues(MAX_RECEIVE_COUNT);

    SqsQueueTest() throws IOException {}

    @Override
    protected MessageQueue queue() {
        return queues.queue();
    }

    @Override
    protected MessageQueue deadLetters() {
        return queues.deadLetters();
    }
}
