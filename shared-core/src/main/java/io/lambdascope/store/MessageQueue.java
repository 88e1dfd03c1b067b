package io.lambdascope.store;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// A queue that delivers at least once and in no order, as SQS does. In AWS the event source receives and deletes for
/// the function that is woken; the port can do it too, for hosts and tests.
public interface MessageQueue {
    /// The most bytes of one message, body and attributes.
    int MAX_MESSAGE_BYTES = 1 << 20;

    /// The most messages that one call receives.
    int MAX_RECEIVE = 10;

    /// A message that was received and is hidden from others until its visibility timeout ends.
    ///
    /// @param receipt what deletes it
    /// @param receiveCount how often it has been received, this time included
    record Received(String id, String receipt, String body, int receiveCount) {}

    /// Returns once the message is durable.
    ///
    /// @param body text that XML 1.0 can hold, 1 to [#MAX_MESSAGE_BYTES] bytes as UTF-8
    /// @throws IllegalArgumentException if the body is none
    void send(String body);

    /// Receives messages.
    ///
    /// @param max at most so many, 1 to [#MAX_RECEIVE]
    /// @param waitSeconds how long to wait for the first, 0 to 20
    List<Received> receive(int max, int waitSeconds);

    /// Removes received messages. A receipt whose message has been received again since may do nothing.
    void delete(Collection<String> receipts);

    /// Makes received messages visible again in `seconds`, 0 to 43,200.
    void changeVisibility(Collection<String> receipts, int seconds);

    /// The body itself, if it can be sent.
    ///
    /// @throws IllegalArgumentException if it cannot
    static String requireBody(String body) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message body must be 1 to %d bytes, but is %d".formatted(MAX_MESSAGE_BYTES, bytes));
        }
        body.codePoints().filter(c -> !isXmlCharacter(c)).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException("message body holds U+%04X, which XML does not allow".formatted(c));
        });
        return body;
    }

    private static boolean isXmlCharacter(int c) {
        return c == 0x9
                || c == 0xA
                || c == 0xD
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000 && c <= 0x10FFFF;
    }
}
