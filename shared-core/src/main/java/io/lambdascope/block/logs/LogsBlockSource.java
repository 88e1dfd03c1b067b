package io.lambdascope.block.logs;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.MergingCursor;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// Reads a block of logs through range reads: first which streams are wanted and which pages hold their entries, less
/// those that time and filters rule out; then what is wanted of the entries, some pages at once.
public final class LogsBlockSource implements LogsSource {
    private final ObjectStore store;
    private final Unit unit;
    private final BlockCache cache;

    /// Reads nothing yet.
    ///
    /// @param unit a block, whose place names its tables
    public LogsBlockSource(ObjectStore store, Unit unit, BlockCache cache) {
        this.store = store;
        this.unit = unit;
        this.cache = cache;
    }

    private TableReader open(String name) {
        if (!(unit.place() instanceof Unit.Place.Prefix(var _, List<Unit.Table> tables))) {
            throw new IllegalArgumentException("unit %s is no block".formatted(unit.id()));
        }
        for (Unit.Table table : tables) {
            if (table.name().equals(name)) {
                TableReader reader = TableReader.open(store, unit, table, cache);
                LogsBlockFormat.Version.of(reader);
                return reader;
            }
        }
        throw Fault.corrupt("block %s has no table %s", unit.id(), name);
    }

    @Override
    public LogsCursor scan(LogsScan request, Horizon horizon, LogsStats stats) {
        List<BlockStreams.Stream> streams = readStreams(request, stats);
        List<BlockPages.Page> pages;
        try (TableReader table = open(LogsBlockFormat.PAGES)) {
            BlockPages all = new BlockPages(table);
            pages = all.candidates(streams, request);
            stats.addStoredBytes(table.fetchedBytes());
            stats.addGroups(0, all.count());
        }
        if (pages.isEmpty()) {
            return MergingCursor.of(List.of());
        }
        TableReader entries = open(LogsBlockFormat.ENTRIES);
        stats.addStoredBytes(entries.fetchedBytes());
        return new EntriesCursor(request, horizon, stats, entries, streams, new PageBatches(entries, pages, request));
    }

    @Override
    public List<StreamSummary> streams(LogsScan request, LogsStats stats) {
        return readStreams(request, stats).stream()
                .map(stream -> new StreamSummary(
                        stream.labels(), stream.endRow() - stream.firstRow(), stream.bytes(), rangeOf(stream)))
                .toList();
    }

    private static TimeRange rangeOf(BlockStreams.Stream stream) {
        if (stream.minTime() > stream.maxTime()) {
            throw Fault.corrupt("stream ends before it starts: %d > %d", stream.minTime(), stream.maxTime());
        }
        return new TimeRange(
                stream.minTime(), stream.maxTime() == Long.MAX_VALUE ? Long.MAX_VALUE : stream.maxTime() + 1);
    }

    private List<BlockStreams.Stream> readStreams(LogsScan request, LogsStats stats) {
        try (TableReader table = open(LogsBlockFormat.STREAMS)) {
            List<BlockStreams.Stream> streams = BlockStreams.read(table, request);
            stats.addStoredBytes(table.fetchedBytes());
            return streams;
        }
    }

    @Override
    public void close() {}
}
