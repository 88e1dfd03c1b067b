package io.lambdascope.head.logs;

import io.lambdascope.head.Segment;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.LabelSets;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.model.logs.LogsBatch;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The entries of a segment, read whole and kept in memory.
public final class LogsSegmentSource implements LogsSource {
    private final LogsBatch batch;
    private final long arrivedNanos;
    private final List<Labels> labels = new ArrayList<>();

    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if `segment` is not what it should be
    public LogsSegmentSource(Segment segment) {
        this(LogsSegmentReader.read(segment));
    }

    private LogsSegmentSource(LogsSegmentReader.Contents contents) {
        this(contents.batch(), contents.arrivedNanos());
    }

    /// Several segments as one source.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if one is not what it should be
    public static LogsSegmentSource of(List<Segment> segments) {
        List<LogsSegmentReader.Contents> contents = LogsSegmentMerger.byArrival(segments);
        LogsMerge merge = LogsMerge.of(
                contents.stream().map(LogsSegmentReader.Contents::batch).toList());
        return new LogsSegmentSource(merge, contents.getFirst().arrivedNanos());
    }

    /// @param unordered streams may repeat, entries may come in any order and twice
    LogsSegmentSource(LogsBatch unordered, long arrivedNanos) {
        this(LogsMerge.of(List.of(unordered)), arrivedNanos);
    }

    private LogsSegmentSource(LogsMerge merge, long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
        this.batch = merge.result();
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            labels.add(batch.streams().labels(stream));
        }
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats) {
        stats.addGroups(1, 0);
        List<Run> runs = new ArrayList<>();
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            int from = firstAtOrAfter(request.range().fromNanos(), stream);
            int to = firstAtOrAfter(request.range().toNanos(), stream);
            if (from < to && request.accepts(labels.get(stream))) {
                runs.add(new Run(stream, from, to));
            }
        }
        switch (request.order()) {
            case BY_STREAM -> {}
            case LATEST_FIRST ->
                runs.sort(Comparator.comparingLong((Run run) -> batch.times()[run.to() - 1])
                        .reversed());
            case EARLIEST_FIRST -> runs.sort(Comparator.comparingLong(run -> batch.times()[run.from()]));
        }
        return new Cursor(request.columns(), runs, horizon, stats);
    }

    /// Entries `[from, to)` of a stream.
    private record Run(int stream, int from, int to) {}

    private int firstAtOrAfter(long nanos, int stream) {
        int from = batch.entryStart(stream);
        int to = batch.entryEnd(stream);
        while (from < to) {
            int middle = from + to >>> 1;
            if (batch.times()[middle] < nanos) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override
    public List<StreamSummary> streams(LogsScan request, LogsStats stats) {
        stats.addGroups(1, 0);
        List<StreamSummary> found = new ArrayList<>();
        for (int stream = 0; stream < batch.streamCount(); stream++) {
            int from = batch.entryStart(stream);
            int to = batch.entryEnd(stream);
            boolean inRange = firstAtOrAfter(request.range().fromNanos(), stream)
                    < firstAtOrAfter(request.range().toNanos(), stream);
            if (inRange && request.accepts(labels.get(stream))) {
                long bytes = batch.lineStart(to) - batch.lineStart(from) + metadataBytes(from, to);
                TimeRange range = new TimeRange(batch.times()[from], batch.times()[to - 1] + 1);
                found.add(new StreamSummary(labels.get(stream), to - from, bytes, range));
            }
        }
        return found;
    }

    private long metadataBytes(int from, int to) {
        LabelSets metadata = batch.metadata();
        long bytes = 0;
        for (int at = metadata.start(from); at < metadata.end(to - 1); at++) {
            bytes += batch.symbols().length(metadata.pairs()[at]);
        }
        return bytes;
    }

    @Override
    public void close() {}

    private final class Cursor implements LogsCursor {
        private final LogsScan.Columns columns;
        private final List<Run> runs;
        private final Horizon horizon;
        private final LogsStats stats;
        private int next;
        private Labels stream = Labels.EMPTY;
        private LogEntries entries = new LogEntries(0, new long[0], new byte[0], new int[1], List.of());

        Cursor(LogsScan.Columns columns, List<Run> runs, Horizon horizon, LogsStats stats) {
            this.columns = columns;
            this.runs = runs;
            this.horizon = horizon;
            this.stats = stats;
        }

        @Override
        public boolean next() {
            while (next < runs.size()) {
                Run run = runs.get(next++);
                if (horizon.mayUse(batch.times()[run.from()], batch.times()[run.to() - 1])) {
                    stream = labels.get(run.stream());
                    entries = entriesOf(run);
                    return true;
                }
            }
            return false;
        }

        private LogEntries entriesOf(Run run) {
            int size = run.to() - run.from();
            int[] starts = new int[size + 1];
            if (columns.lines()) {
                for (int i = 0; i <= size; i++) {
                    starts[i] = batch.lineStart(run.from() + i);
                }
            }
            stats.addEntries(size, starts[size] - starts[0], metadataBytes(run.from(), run.to()));
            return new LogEntries(
                    size,
                    Arrays.copyOfRange(batch.times(), run.from(), run.to()),
                    batch.lines(),
                    starts,
                    metadataOf(run));
        }

        private List<LogEntries.MetadataColumn> metadataOf(Run run) {
            LabelSets metadata = batch.metadata();
            int[] columnOf = new int[batch.symbols().size()];
            List<LogEntries.MetadataColumn> found = new ArrayList<>();
            for (int entry = run.from(); entry < run.to(); entry++) {
                for (int at = metadata.start(entry); at < metadata.end(entry); at += 2) {
                    int name = metadata.pairs()[at];
                    if (columnOf[name] == 0) {
                        columnOf[name] = startColumn(name, run, found);
                    }
                    if (columnOf[name] > 0) {
                        found.get(columnOf[name] - 1).numbers()[entry - run.from()] = metadata.pairs()[at + 1];
                    }
                }
            }
            found.sort(Comparator.comparing(LogEntries.MetadataColumn::name));
            return found;
        }

        /// The place of a new column + 1, or -1 if nobody wants it.
        private int startColumn(int name, Run run, List<LogEntries.MetadataColumn> found) {
            String key = batch.symbols().text(name);
            if (!columns.wants(key)) {
                return -1;
            }
            int[] numbers = new int[run.to() - run.from()];
            Arrays.fill(numbers, -1);
            found.add(new LogEntries.MetadataColumn(key, numbers, new Symbols(batch.symbols())));
            return found.size();
        }

        @Override
        public Labels stream() {
            return stream;
        }

        @Override
        public LogEntries entries() {
            return entries;
        }

        @Override
        public void close() {}
    }

    private record Symbols(SymbolTable table) implements LogEntries.Texts {
        @Override
        public String get(int number) {
            return table.text(number);
        }

        @Override
        public int size() {
            return table.size();
        }
    }
}
