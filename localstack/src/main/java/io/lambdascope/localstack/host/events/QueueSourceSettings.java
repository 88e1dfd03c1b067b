package io.lambdascope.localstack.host.events;

import java.time.Duration;

/// How messages of a queue become invocations of a function.
///
/// @param queueUrl where the messages come from
/// @param queueArn what the events name as their source
/// @param function what is invoked
/// @param batchSize the most messages of one event, at most 10,000
/// @param window how long a batch may wait for more messages after its first
public record QueueSourceSettings(String queueUrl, String queueArn, String function, int batchSize, Duration window) {
    /// The most messages that a standard queue may hand over at once.
    private static final int MAX_BATCH = 10_000;

    public QueueSourceSettings {
        if (batchSize < 1 || batchSize > MAX_BATCH) {
            throw new IllegalArgumentException("batch size must be 1 to %d, but is %d".formatted(MAX_BATCH, batchSize));
        }
        if (window.isNegative()) {
            throw new IllegalArgumentException("window must not be negative, but is %s".formatted(window));
        }
    }
}
