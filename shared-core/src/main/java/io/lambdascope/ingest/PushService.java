package io.lambdascope.ingest;

import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.store.MessageQueue;
import java.util.Base64;
import java.util.List;

/// Makes a segment durable: through the queue, which merges many small ones, or straight into the head if it is large.
public final class PushService {
    private final MessageQueue queue;
    private final HeadStore head;
    private final PushSettings settings;

    public PushService(MessageQueue queue, HeadStore head, PushSettings settings) {
        this.queue = queue;
        this.head = head;
        this.settings = settings;
    }

    /// Returns once the segment is durable.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE: it may be durable or not, and may be pushed again
    public void push(Segment segment) {
        if (segment.bytes().length > settings.directBytes()) {
            head.append(List.of(segment));
        } else {
            queue.send(Base64.getEncoder().encodeToString(segment.bytes()));
        }
    }
}
