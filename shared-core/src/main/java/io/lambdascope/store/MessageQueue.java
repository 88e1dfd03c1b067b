package io.lambdascope.store;

import java.util.Collection;
import java.util.List;

/// A queue that delivers at least once and in no order, as SQS does. In AWS the event source receives and deletes for
/// the function that is woken; the port can do it too, for hosts and tests.
public interface MessageQueue {
    /// The most bytes of one message, body and attributes.
    int MAX_MESSAGE_BYTES = 1 << 20;

    /// A message that was received and is hidden from others until its visibility timeout ends.
    ///
    /// @param receipt what deletes it
    /// @param receiveCount how often it has been received, this time included
    record Received(String id, String receipt, String body, int receiveCount) {}

    /// Returns once the message is durable.
    ///
    /// @param body text that XML can hold, at most [#MAX_MESSAGE_BYTES] as UTF-8
    void send(String body);

    /// Receives up to `max` messages (at most 10), waiting up to `waitSeconds` for the first.
    List<Received> receive(int max, int waitSeconds);

    void delete(Collection<String> receipts);

    /// Makes messages visible again after `seconds`.
    void changeVisibility(Collection<String> receipts, int seconds);
}
