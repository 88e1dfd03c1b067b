package io.lambdascope.head.logs;

import io.lambdascope.head.ColumnWriter;
import io.lambdascope.head.LabelColumns;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.SymbolNumbers;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.source.logs.LogsFacts;
import java.util.HashSet;
import java.util.Set;

/// Writes a batch of logs as a segment. Layout: `docs/formats/segment.md`.
public final class LogsSegmentWriter {
    static final int VERSION = 1;
    static final int METADATA = 1;

    /// What the pruning facts of a segment may take: they are paid for by the KB in the head table.
    private static final int MAX_FACTS_BYTES = 1024;

    private LogsSegmentWriter() {}

    /// @param batch not empty
    /// @param arrivedNanos when it arrived: of entries of one moment, those that arrived first come first
    /// @param level of zstd, as in [SegmentFormat#LEVEL_FAST]
    public static Segment encode(Tenant tenant, LogsBatch batch, long arrivedNanos, int level) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int entry = 0; entry < batch.entryCount(); entry++) {
            first = Math.min(first, batch.times()[entry]);
            last = Math.max(last, batch.times()[entry]);
        }
        if (first > last) {
            throw new IllegalArgumentException("a segment of logs holds at least one entry");
        }
        ColumnWriter payload = payload(batch, arrivedNanos);
        return SegmentFormat.encode(
                tenant,
                Signal.LOGS,
                first,
                last,
                batch.entryCount(),
                facts(batch).encode(),
                payload.array(),
                payload.size(),
                level);
    }

    private static ColumnWriter payload(LogsBatch batch, long arrivedNanos) {
        int entries = batch.entryCount();
        int lineBytes = batch.lineStart(entries);
        boolean metadata = entries > 0 && batch.metadata().end(entries - 1) > 0;
        SymbolNumbers numbers = new SymbolNumbers(batch.symbols());
        LabelColumns labels = LabelColumns.of(batch.streams(), numbers);
        LabelColumns metadataColumns = metadata ? LabelColumns.of(batch.metadata(), numbers) : null;

        ColumnWriter payload = new ColumnWriter(1024 + lineBytes + 8 * entries);
        payload.octet(VERSION);
        payload.varint(numbers.size());
        payload.varint(batch.streamCount());
        payload.varint(entries);
        payload.octet(metadata ? METADATA : 0);
        payload.fixedLong(arrivedNanos);
        numbers.writeTo(payload);
        labels.writeTo(payload);
        payload.column(entryCounts(batch));
        payload.column(times(batch));
        payload.column(lineLengths(batch));
        payload.varint(lineBytes);
        payload.bytes(batch.lines(), 0, lineBytes);
        if (metadataColumns != null) {
            metadataColumns.writeTo(payload);
        }
        return payload;
    }

    private static ColumnWriter entryCounts(LogsBatch batch) {
        ColumnWriter out = new ColumnWriter(batch.streamCount());
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            out.varint(batch.entryEnd(stream) - batch.entryStart(stream));
        }
        return out;
    }

    /// The first entry of a stream against the first of the stream before, then each against the one before.
    private static ColumnWriter times(LogsBatch batch) {
        ColumnWriter out = new ColumnWriter(4 * batch.entryCount());
        long[] times = batch.times();
        long first = 0;
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            int from = batch.entryStart(stream);
            for (int entry = from; entry < batch.entryEnd(stream); entry++) {
                out.zigzag(times[entry] - (entry == from ? first : times[entry - 1]));
            }
            first = from < batch.entryEnd(stream) ? times[from] : first;
        }
        return out;
    }

    private static ColumnWriter lineLengths(LogsBatch batch) {
        ColumnWriter out = new ColumnWriter(2 * batch.entryCount());
        for (int entry = 0; entry < batch.entryCount(); entry++) {
            out.varint(batch.lineEnd(entry) - batch.lineStart(entry));
        }
        return out;
    }

    private static LogsFacts facts(LogsBatch batch) {
        Set<Labels> streams = new HashSet<>();
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            streams.add(batch.streams().labels(stream));
        }
        return LogsFacts.of(streams, MAX_FACTS_BYTES);
    }
}
