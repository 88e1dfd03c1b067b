package io.lambdascope.testkit.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.source.logs.LogsCursor;
import java.util.ArrayList;
import java.util.List;

/// One log entry as a value, for models and comparisons.
///
/// @param timeNanos nanoseconds since the Unix epoch
public record LogItem(Labels stream, long timeNanos, String line, Labels metadata) {
    /// The entries of `batch`, in its order.
    public static List<LogItem> of(LogsBatch batch) {
        List<LogItem> items = new ArrayList<>();
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            for (int entry = batch.entryStart(stream); entry < batch.entryEnd(stream); entry++) {
                int from = batch.lineStart(entry);
                items.add(new LogItem(
                        batch.streams().labels(stream),
                        batch.times()[entry],
                        new String(
                                batch.lines(),
                                from,
                                batch.lineEnd(entry) - from,
                                java.nio.charset.StandardCharsets.UTF_8),
                        batch.metadata().labels(entry)));
            }
        }
        return items;
    }

    /// `items` as a batch: neighbours of one stream share it.
    public static LogsBatch batch(List<LogItem> items) {
        LogsBatch batch = new LogsBatch();
        Labels current = null;
        for (LogItem item : items) {
            if (!item.stream.equals(current)) {
                current = item.stream;
                batch.startStream(current);
            }
            batch.addEntry(item.timeNanos, item.line);
            batch.metadata().add(item.metadata);
        }
        return batch;
    }

    /// All that is left in `cursor`, which is closed.
    public static List<LogItem> read(LogsCursor cursor) {
        List<LogItem> items = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                LogEntries entries = cursor.entries();
                for (int i = 0; i < entries.size(); i++) {
                    items.add(new LogItem(cursor.stream(), entries.times()[i], entries.line(i), entries.metadataOf(i)));
                }
            }
        }
        return items;
    }
}
