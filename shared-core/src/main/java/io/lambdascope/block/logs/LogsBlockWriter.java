package io.lambdascope.block.logs;

import io.lambdascope.block.BlockFiles;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelWriter;
import io.lambdascope.block.TableWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsFacts;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Writes one block of logs: tables to local disk first, then, at [#finish], to the object store. Memory stays within
/// one row group, however long the block; the labels of its streams are kept.
public final class LogsBlockWriter implements Closeable {
    private final LogsBlockSettings settings;
    private final BlockFiles files;
    private final TableWriter entries;
    private final LabelWriter entryLabels;
    private final MetadataWriter metadata;
    private final PageWriter pages;
    private final TableWriter streams;
    private final LabelWriter streamLabels;
    private final LogsFacts.Builder facts = new LogsFacts.Builder();

    private @Nullable Labels stream;
    private long streamFirstRow;
    private long streamBytes;
    private long streamMinTime;
    private long streamMaxTime;
    private long minTime = Long.MAX_VALUE;
    private long maxTime = Long.MIN_VALUE;

    /// @param columns from a [LogsColumns.Survey] that has seen all that will be written
    /// @param prefix under which the block's objects go, ends in `/`; never used before
    /// @param scratch an existing directory for files, which are deleted when the writer is closed
    public LogsBlockWriter(
            LogsBlockSettings settings, LogsColumns columns, ObjectStore store, String prefix, Path scratch) {
        this.settings = settings;
        this.files = new BlockFiles(store, prefix, scratch, LogsBlockFormat.Version.CURRENT.text());
        this.entries = files.newTable(
                LogsBlockFormat.ENTRIES,
                LogsBlockFormat.entries(columns),
                LogsBlockFormat.entryProperties(settings),
                settings.zstdLevel(),
                settings.rowGroupBytes());
        this.streams = files.newTable(
                LogsBlockFormat.STREAMS,
                LogsBlockFormat.streams(columns),
                LogsBlockFormat.indexProperties(),
                settings.zstdLevel(),
                settings.rowGroupBytes());
        TableWriter pageTable = files.newTable(
                LogsBlockFormat.PAGES,
                LogsBlockFormat.pages(),
                LogsBlockFormat.indexProperties(),
                settings.zstdLevel(),
                settings.rowGroupBytes());
        this.entryLabels = new LabelWriter(columns.labels());
        this.streamLabels = new LabelWriter(columns.labels());
        this.metadata = new MetadataWriter(columns.metadata(), entryLabels.columns() + 2);
        this.pages = new PageWriter(pageTable, settings.maxPageFactBytes());
        entries.watchPages(entryLabels.columns() + 1, pages::endPage);
    }

    /// Appends all entries of `cursor`, which stays open.
    public void addAll(LogsCursor cursor) {
        while (cursor.next()) {
            add(cursor.stream(), cursor.entries());
        }
    }

    /// Appends entries, none of which is there already.
    ///
    /// @param labels those of the run before, or greater
    /// @param run with lines and all structured metadata; of the same stream as the run before, none before that
    public void add(Labels labels, LogEntries run) {
        if (!labels.equals(stream)) {
            if (stream != null && stream.compareTo(labels) > 0) {
                throw new IllegalArgumentException("stream %s comes after %s".formatted(labels, stream));
            }
            endStream();
            stream = labels;
            streamFirstRow = entries.rows();
            streamBytes = 0;
            streamMinTime = run.times()[0];
            streamMaxTime = Long.MIN_VALUE;
        }
        metadata.start(run);
        for (int entry = 0; entry < run.size(); entry++) {
            long time = run.times()[entry];
            if (time < streamMaxTime) {
                throw new IllegalArgumentException("entry at %d comes after %d".formatted(time, streamMaxTime));
            }
            streamMaxTime = time;
            write(labels, run, entry);
        }
    }

    private void write(Labels labels, LogEntries run, int entry) {
        int from = run.lineStarts()[entry];
        int length = run.lineLength(entry);
        pages.add(run, entry);
        entryLabels.write(labels, entries);
        int column = entryLabels.columns();
        entries.column(column).write(run.times()[entry], 0, 0);
        entries.column(column + 1).write(Binary.fromReusedByteArray(run.lines(), from, length), 0, 0);
        streamBytes += length + metadata.write(entry, entries);
        entries.endRow();
    }

    private void endStream() {
        Labels ended = stream;
        if (ended == null) {
            return;
        }
        streamLabels.write(ended, streams);
        int column = streamLabels.columns();
        streams.column(column++).write(ended.stableHash(), 0, 0);
        streams.column(column++).write(streamFirstRow, 0, 0);
        streams.column(column++).write(entries.rows() - streamFirstRow, 0, 0);
        streams.column(column++).write(streamBytes, 0, 0);
        streams.column(column++).write(streamMinTime, 0, 0);
        streams.column(column).write(streamMaxTime, 0, 0);
        streams.endRow();
        ended.forEach(facts::add);
        minTime = Math.min(minTime, streamMinTime);
        maxTime = Math.max(maxTime, streamMaxTime);
    }

    /// Writes the tables to the object store and says what they are.
    public BlockInfo finish() {
        if (stream == null) {
            throw new IllegalStateException("a block with nothing in it is not written");
        }
        endStream();
        stream = null;
        List<Unit.Table> tables = files.finish();
        return new BlockInfo(
                new TimeRange(minTime, maxTime == Long.MAX_VALUE ? maxTime : maxTime + 1),
                entries.rows(),
                entries.rows(),
                streams.rows(),
                tables.stream().mapToLong(Unit.Table::bytes).sum(),
                facts.build(settings.maxFactBytes()).encode(),
                tables);
    }

    /// Deletes the local files.
    @Override
    public void close() {
        files.close();
    }
}
