package io.lambdascope.wire.lokipush;

import io.lambdascope.fault.Rejections;
import io.lambdascope.model.logs.LogsBatch;

/// What a push became.
///
/// @param rejections the streams that could not be read and are not in the batch
public record LokiPush(LogsBatch batch, Rejections rejections) {
    /// Whether there was not a single stream in it.
    public boolean isEmpty() {
        return batch.streamCount() == 0 && rejections.isEmpty();
    }
}
