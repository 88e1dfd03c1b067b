package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.store.MessageQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// A standard queue of SQS.
public final class SqsQueue implements MessageQueue {
    private static final int MAX_BATCH = 10;

    private final SqsClient sqs;
    private final String url;

    public SqsQueue(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    @Override
    public void send(String body) {
        MessageQueue.requireBody(body);
        call("send", () -> sqs.sendMessage(request -> request.queueUrl(url).messageBody(body)));
    }

    @Override
    public List<Received> receive(int max, int waitSeconds) {
        List<Message> messages = call(
                        "receive",
                        () -> sqs.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(max)
                                .waitTimeSeconds(waitSeconds)
                                .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)))
                .messages();
        return messages.stream().map(SqsQueue::toReceived).toList();
    }

    private static Received toReceived(Message message) {
        String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return new Received(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                count == null ? 1 : Integer.parseInt(count));
    }

    @Override
    public void delete(Collection<String> receipts) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String receipt : receipts) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receipt)
                    .build());
        }
        for (int from = 0; from < entries.size(); from += MAX_BATCH) {
            List<DeleteMessageBatchRequestEntry> some =
                    entries.subList(from, Math.min(from + MAX_BATCH, entries.size()));
            requireNoneFailed(
                    "delete",
                    call(
                                    "delete",
                                    () -> sqs.deleteMessageBatch(
                                            request -> request.queueUrl(url).entries(some)))
                            .failed());
        }
    }

    @Override
    public void changeVisibility(Collection<String> receipts, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (String receipt : receipts) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receipt)
                    .visibilityTimeout(seconds)
                    .build());
        }
        for (int from = 0; from < entries.size(); from += MAX_BATCH) {
            List<ChangeMessageVisibilityBatchRequestEntry> some =
                    entries.subList(from, Math.min(from + MAX_BATCH, entries.size()));
            requireNoneFailed(
                    "change of visibility",
                    call(
                                    "change of visibility",
                                    () -> sqs.changeMessageVisibilityBatch(
                                            request -> request.queueUrl(url).entries(some)))
                            .failed());
        }
    }

    /// A receipt that no longer counts is the sender's fault, says SQS, and the port lets it pass.
    private void requireNoneFailed(String what, List<BatchResultErrorEntry> failed) {
        for (BatchResultErrorEntry entry : failed) {
            if (!Boolean.TRUE.equals(entry.senderFault())) {
                throw new Fault(
                        FaultKind.UNAVAILABLE,
                        "%s on %s failed for %d messages: %s".formatted(what, url, failed.size(), entry.code()));
            }
        }
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFaults.of("%s on %s".formatted(what, url), e);
        }
    }
}
