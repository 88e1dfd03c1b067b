package io.lambdascope.block.logs;

import io.lambdascope.block.BytesPages;
import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsStats;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/// Walks over pages of lines, and in each over the streams that are wanted.
final class EntriesCursor implements LogsCursor {
    private final LogsScan request;
    private final Horizon horizon;
    private final LogsStats stats;
    private final TableReader table;
    private final List<BlockStreams.Stream> streams;
    private final PageBatches batches;
    private final MetadataReader metadataReader;
    private final ColumnDescriptor timeColumn;
    private final ColumnDescriptor lineColumn;

    private List<BlockPages.Page> batch = List.of();
    private int nextPage;
    private int batchRow;
    private @Nullable BytesPages linePages;
    private Columns.Longs times = new Columns.Longs(0);
    private MetadataReader.Batch metadata = new MetadataReader.Batch(List.of(), null, null, LogsScan.Columns.TIMES);

    private BlockPages.Page page = new BlockPages.Page(0, 0, 0, 0, 0);
    /// Where the page's rows begin among those of the batch.
    private int pageRow;
    private BytesPages.@Nullable Page lines;
    private int nextStream;
    private long nextRow;

    private Labels stream = Labels.EMPTY;
    private LogEntries entries = new LogEntries(0, new long[0], new byte[0], new int[1], List.of());

    /// @param table of entries, closed with this
    /// @param streams that are wanted, in the order of rows
    EntriesCursor(
            LogsScan request,
            Horizon horizon,
            LogsStats stats,
            TableReader table,
            List<BlockStreams.Stream> streams,
            PageBatches batches) {
        this.request = request;
        this.horizon = horizon;
        this.stats = stats;
        this.table = table;
        this.streams = streams;
        this.batches = batches;
        this.metadataReader = new MetadataReader(table, request.columns());
        this.timeColumn = table.required(LogsBlockFormat.TIME);
        this.lineColumn = table.required(LogsBlockFormat.LINE);
    }

    @Override
    public boolean next() {
        while (true) {
            while (nextStream < streams.size() && streams.get(nextStream).firstRow() < page.endRow()) {
                BlockStreams.Stream candidate = streams.get(nextStream);
                if (startRun(candidate)) {
                    return true;
                }
                nextStream++;
            }
            if (!startPage()) {
                return false;
            }
        }
    }

    /// Makes a run of the entries of `candidate` in the page from `nextRow` on; false if there are none.
    private boolean startRun(BlockStreams.Stream candidate) {
        int first =
                pageRow + (int) (Math.max(Math.max(candidate.firstRow(), page.firstRow()), nextRow) - page.firstRow());
        int end = pageRow + (int) (Math.min(candidate.endRow(), page.endRow()) - page.firstRow());
        int from = firstAtOrAfter(request.range().fromNanos(), first, end);
        int to = firstAtOrAfter(request.range().toNanos(), from, end);
        if (from >= to || !horizon.mayUse(times.at(from), times.at(to - 1))) {
            return false;
        }
        to = metadata.end(from, to);
        nextRow = page.firstRow() + (to - pageRow);
        stream = candidate.labels();
        entries = new LogEntries(
                to - from,
                Arrays.copyOfRange(times.values(), from, to),
                lines == null ? new byte[0] : lines.bytes(),
                lines == null
                        ? new int[to - from + 1]
                        : Arrays.copyOfRange(lines.starts(), from - pageRow, to - pageRow + 1),
                metadata.columns(from, to));
        int[] starts = entries.lineStarts();
        stats.addEntries(to - from, starts[to - from] - starts[0], metadata.bytes(from, to));
        return true;
    }

    private int firstAtOrAfter(long nanos, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (times.at(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean startPage() {
        if (nextPage == batch.size()) {
            batch = batches.next(horizon);
            if (batch.isEmpty()) {
                page = new BlockPages.Page(0, 0, 0, 0, 0);
                return false;
            }
            read();
        }
        page = batch.get(nextPage++);
        pageRow = batchRow;
        batchRow += page.rows();
        lines = linePages == null ? null : linePages.next(page.rows());
        nextRow = page.firstRow();
        nextStream = firstStreamOf(page);
        return true;
    }

    private void read() {
        long before = table.fetchedBytes();
        ColumnBatch rows = batches.read(
                batch, timeColumn, request.columns().lines() ? lineColumn : null, metadataReader.columns());
        stats.addStoredBytes(table.fetchedBytes() - before);
        // all pages counted as skipped until now
        stats.addGroups(batch.size(), -batch.size());
        if (rows.rows() != batch.stream().mapToInt(BlockPages.Page::rows).sum()) {
            throw Fault.corrupt("pages have %d rows fewer than they say", rows.rows());
        }
        times = Columns.Longs.of(rows, timeColumn);
        metadata = metadataReader.decode(rows);
        linePages = request.columns().lines() ? rows.pages(lineColumn) : null;
        nextPage = 0;
        batchRow = 0;
    }

    private int firstStreamOf(BlockPages.Page ofPage) {
        int low = 0;
        int high = streams.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (streams.get(middle).endRow() <= ofPage.firstRow()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
    public void close() {
        table.close();
    }
}
