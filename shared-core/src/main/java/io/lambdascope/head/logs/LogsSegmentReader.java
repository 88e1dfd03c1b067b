package io.lambdascope.head.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.ColumnReader;
import io.lambdascope.head.LabelColumnsReader;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SymbolNumbers;
import io.lambdascope.model.Signal;
import io.lambdascope.model.logs.LogsBatch;

/// Reads what [LogsSegmentWriter] wrote, as a batch.
public final class LogsSegmentReader {
    /// What a segment holds.
    ///
    /// @param arrivedNanos when its first part arrived
    public record Contents(LogsBatch batch, long arrivedNanos) {}

    private LogsSegmentReader() {}

    /// @throws Fault CORRUPT_DATA if `segment` is not what it should be
    public static Contents read(Segment segment) {
        if (segment.header().signal() != Signal.LOGS) {
            throw Fault.corrupt(
                    "segment %s holds %s, not logs",
                    segment.id(), segment.header().signal().text());
        }
        byte[] payload = segment.payload();
        try {
            return read(new ColumnReader(payload, 0, payload.length));
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new Fault(
                    FaultKind.CORRUPT_DATA,
                    "segment %s contradicts itself: %s".formatted(segment.id(), e.getMessage()),
                    e);
        }
    }

    private static Contents read(ColumnReader in) {
        int version = in.octet();
        if (version != LogsSegmentWriter.VERSION) {
            throw Fault.corrupt("columns of logs have version %d, this build reads 1", version);
        }
        int symbolCount = in.countOfBytes();
        int streams = in.countOfBytes();
        int entries = in.countOfBytes();
        int flags = in.octet();
        long arrivedNanos = in.fixedLong();
        LogsBatch batch = new LogsBatch();
        int[] symbols = SymbolNumbers.read(in, symbolCount, batch.symbols());
        LabelColumnsReader labels = new LabelColumnsReader(in, symbols, 0);
        ColumnReader counts = in.column();
        ColumnReader times = in.column();
        ColumnReader lengths = in.column();
        ColumnReader lines = in.column();
        int left = entries;
        long first = 0;
        for (int stream = 0; stream < streams; stream++) {
            batch.startStream();
            labels.readInto(batch.streams());
            int count = counts.count(left);
            left -= count;
            long time = first;
            for (int i = 0; i < count; i++) {
                time += times.zigzag();
                first = i == 0 ? time : first;
                int length = lengths.count(lines.remaining());
                batch.addEntry(time, lines.array(), lines.position(), length);
                lines.skip(length);
            }
        }
        if (left != 0 || lines.remaining() != 0) {
            throw Fault.corrupt("%d entries and %d bytes belong to no stream", left, lines.remaining());
        }
        if ((flags & LogsSegmentWriter.METADATA) != 0) {
            readMetadata(in, symbols, labels.named(), batch);
        }
        return new Contents(batch, arrivedNanos);
    }

    private static void readMetadata(ColumnReader in, int[] symbols, int named, LogsBatch batch) {
        LabelColumnsReader columns = new LabelColumnsReader(in, symbols, named);
        batch.metadata().clear();
        for (int entry = 0; entry < batch.entryCount(); entry++) {
            batch.metadata().begin();
            columns.readInto(batch.metadata());
        }
    }
}
