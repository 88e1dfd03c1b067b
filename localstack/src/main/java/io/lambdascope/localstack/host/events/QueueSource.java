package io.lambdascope.localstack.host.events;

import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import io.lambdascope.localstack.host.lambda.LambdaHost;
import io.lambdascope.localstack.host.lambda.LambdaLimits;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Does what an event source mapping of Lambda does with an SQS queue: receives, gathers a batch, invokes a function
/// with it, and deletes the messages that the function did not name as failed. What fails comes back when its
/// visibility timeout ends, and goes to the queue's dead-letter queue when it has come back often enough.
public final class QueueSource implements Closeable {
    /// The most that one call receives.
    private static final int MAX_RECEIVED = 10;

    private static final int LONG_POLL_SECONDS = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    /// Room for a record's fields beside its body.
    private static final int RECORD_BYTES = 2048;

    private final QueueSourceSettings settings;
    private final SqsClient sqs;
    private final LambdaHost functions;
    private final Consumer<String> complaints;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread poller;

    /// Received, but no room was left for it in the batch.
    private final Deque<Message> held = new ArrayDeque<>();

    private QueueSource(
            QueueSourceSettings settings, SqsClient sqs, LambdaHost functions, Consumer<String> complaints) {
        this.settings = settings;
        this.sqs = sqs;
        this.functions = functions;
        this.complaints = complaints;
        this.poller = Thread.ofPlatform()
                .name("poll for " + settings.function())
                .daemon()
                .unstarted(this::run);
    }

    /// Polls until closed.
    public static QueueSource start(
            QueueSourceSettings settings, SqsClient sqs, LambdaHost functions, Consumer<String> complaints) {
        QueueSource source = new QueueSource(settings, sqs, functions, complaints);
        source.poller.start();
        return source;
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try {
                    List<Message> batch = gather();
                    if (!batch.isEmpty()) {
                        deliver(batch);
                    }
                } catch (SdkException | IOException e) {
                    if (closing.getCount() > 0) {
                        complaints.accept("the queue of %s cannot be polled: %s".formatted(settings.function(), e));
                        pause(PAUSE_AFTER_ERROR);
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pause(Duration time) throws InterruptedException {
        return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<Message> gather() throws InterruptedException {
        List<Message> batch = new ArrayList<>();
        long bytes = 0;
        long endNanos = 0;
        while (batch.size() < settings.batchSize() && closing.getCount() > 0) {
            if (held.isEmpty()) {
                held.addAll(receive(batch.isEmpty() ? LONG_POLL_SECONDS : 0));
            }
            if (batch.isEmpty() && !held.isEmpty()) {
                endNanos = System.nanoTime() + settings.window().toNanos();
            }
            while (!held.isEmpty() && batch.size() < settings.batchSize()) {
                long next = bytesInEvent(held.getFirst());
                if (!batch.isEmpty() && bytes + next > LambdaLimits.MAX_EVENT_BYTES) {
                    return batch;
                }
                bytes += next;
                batch.add(held.removeFirst());
            }
            if (!batch.isEmpty()) {
                long leftNanos = endNanos - System.nanoTime();
                if (leftNanos <= 0 || pause(Duration.ofNanos(Math.min(leftNanos, PAUSE.toNanos())))) {
                    return batch;
                }
            }
        }
        return batch;
    }

    /// An upper bound, for text whose quotes, backslashes and line ends are escaped.
    private static long bytesInEvent(Message message) {
        String body = message.body();
        long bytes = RECORD_BYTES;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
        }
        return bytes;
    }

    private List<Message> receive(int waitSeconds) {
        return sqs.receiveMessage(request -> request.queueUrl(settings.queueUrl())
                        .maxNumberOfMessages(MAX_RECEIVED)
                        .waitTimeSeconds(waitSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    private void deliver(List<Message> batch) throws IOException, InterruptedException {
        byte[] event = QueueEvents.event(batch, settings.queueArn());
        InvokeOutcome outcome =
                functions.invoke(settings.function(), event, Duration.ofMinutes(15), Duration.ofMinutes(30));
        Set<String> failed = outcome instanceof InvokeOutcome.Answered(byte[] answer) ? failuresIn(answer) : null;
        if (failed == null) {
            return;
        }
        List<Message> done = batch.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .toList();
        for (int i = 0; i < done.size(); i += MAX_RECEIVED) {
            delete(done.subList(i, Math.min(done.size(), i + MAX_RECEIVED)));
        }
        if (!failed.isEmpty()) {
            complaints.accept("%s could not do %d of %d messages; they will come again"
                    .formatted(settings.function(), failed.size(), batch.size()));
        }
    }

    private @Nullable Set<String> failuresIn(byte[] answer) {
        Set<String> failed = QueueEvents.failures(answer);
        if (failed == null) {
            complaints.accept("%s answered a batch with what names no messages; all of them will come again"
                    .formatted(settings.function()));
        }
        return failed;
    }

    private void delete(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        sqs.deleteMessageBatch(request -> request.queueUrl(settings.queueUrl()).entries(entries));
    }

    /// Ends the polling without waiting for the poll that is under way; what was received and not delivered comes back
    /// by its visibility timeout.
    @Override
    public void close() {
        closing.countDown();
        poller.interrupt();
    }
}
