package io.lambdascope.block.metrics;

import io.lambdascope.block.ColumnBatch;
import io.lambdascope.block.Columns;
import io.lambdascope.block.RowSelector;
import io.lambdascope.block.TableReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Decodes the samples of selected rows of one row group, first row first. Holds a few pages of chunks at a time.
final class ChunkReader {
    /// Chunks are fetched in stretches of about so many bytes, compressed.
    private static final int BATCH_BYTES = 4 << 20;

    /// Moments kept decoded: those of the targets whose series follow one another.
    private static final int MAX_CACHED_MOMENTS = 2 << 20;

    private final TableReader table;
    private final int rowGroup;
    private final RowSelector.Selection selection;
    private final long fromMillis;
    private final long lastMillis;
    private final ColumnDescriptor valuesColumn;
    private final OffsetIndex pages;
    private final Columns.Longs counts;
    private final Columns.Bytes times;
    private final Columns.Bytes starts;
    private final long[] @Nullable [] momentsByNumber;
    private int cachedMoments;

    private final ChunkInput in = new ChunkInput();
    private long[] scratch = new long[1024];
    private long[] moments = new long[1024];
    private double[] floats = new double[1024];
    private long[] startMillis = new long[1024];
    private final SeriesSamples piece = new SeriesSamples();
    private final SeriesSamples merged = new SeriesSamples();

    private int nextPage;
    private Columns.Bytes values = new Columns.Bytes(0);
    private int batchRow;
    private int batchRows;

    ChunkReader(TableReader table, int rowGroup, RowSelector.Selection selection, long fromMillis, long lastMillis) {
        this.table = table;
        this.rowGroup = rowGroup;
        this.selection = selection;
        this.fromMillis = fromMillis;
        this.lastMillis = lastMillis;
        this.valuesColumn = table.required(MetricsBlockFormat.VALUES);
        this.pages = table.offsetIndex(rowGroup, valuesColumn);
        ColumnDescriptor countsColumn = table.required(MetricsBlockFormat.SAMPLES);
        ColumnDescriptor timesColumn = table.required(MetricsBlockFormat.TIMES);
        ColumnDescriptor startsColumn = table.required(MetricsBlockFormat.STARTS);
        ColumnBatch batch = table.read(rowGroup, List.of(countsColumn, timesColumn, startsColumn), selection.ranges());
        counts = Columns.Longs.of(batch, countsColumn);
        times = Columns.Bytes.of(batch, timesColumn);
        starts = Columns.Bytes.of(batch, startsColumn);
        momentsByNumber = new long[times.numbers()][];
    }

    /// Appends the samples of the next row that lie in range to `into`.
    void readNext(int row, SeriesSamples into) {
        if (batchRow == batchRows) {
            fetch();
        }
        Binary chunk = values.at(batchRow++);
        long count = counts.at(row);
        if (chunk == null || count < 1 || count > MetricsBlockSettings.MOST_ROW_SAMPLES) {
            throw Fault.corrupt(
                    "row holds %d samples, allowed are 1 to %d", count, MetricsBlockSettings.MOST_ROW_SAMPLES);
        }
        reserve((int) count);
        long[] rowMoments = moments(row, (int) count);
        int from = firstAtOrAfter(rowMoments, (int) count, fromMillis);
        int to = lastMillis == Long.MAX_VALUE ? (int) count : firstAtOrAfter(rowMoments, (int) count, lastMillis + 1);
        if (from >= to) {
            return;
        }
        boolean hasStarts = starts.number(row) >= 0;
        boolean append = into.isEmpty() || into.timestamp(into.size() - 1) < rowMoments[from];
        reset(chunk);
        boolean plain = append && from == 0 && to == count && !hasStarts;
        if (plain && !isHistograms(chunk)) {
            into.reserve(to);
            System.arraycopy(rowMoments, 0, into.timestamps(), into.size(), to);
            FloatChunk.decode(in, to, into.values(), into.size(), scratch);
            in.requireEnd();
            into.added(to);
            return;
        }
        piece.clear();
        decodeInto(append ? into : piece, chunk, row, (int) count, rowMoments, from, to, hasStarts);
        if (!append) {
            merged.clear();
            SampleRule.merge(into, piece, merged);
            into.clear();
            into.addAll(merged);
        }
    }

    private static boolean isHistograms(Binary chunk) {
        ByteBuffer bytes = chunk.toByteBuffer();
        return bytes.hasRemaining() && bytes.get(bytes.position()) == HistogramChunk.KIND;
    }

    private void decodeInto(
            SeriesSamples into,
            Binary chunk,
            int row,
            int count,
            long[] rowMoments,
            int from,
            int to,
            boolean hasStarts) {
        NativeHistogram[] histograms = null;
        if (isHistograms(chunk)) {
            in.readByte();
            histograms = new NativeHistogram[count];
            HistogramChunk.decode(in, count, histograms, scratch);
        } else {
            FloatChunk.decode(in, count, floats, 0, scratch);
        }
        in.requireEnd();
        Binary startsChunk = starts.at(row);
        if (startsChunk != null) {
            reset(startsChunk);
            LongChunk.decode(in, count, startMillis);
            in.requireEnd();
        }
        for (int i = from; i < to; i++) {
            if (histograms != null) {
                into.add(rowMoments[i], histograms[i]);
            } else {
                into.add(rowMoments[i], floats[i]);
            }
            if (hasStarts) {
                into.startedAt(startMillis[i]);
            }
        }
    }

    private void reset(Binary bytes) {
        ByteBuffer buffer = bytes.toByteBuffer();
        in.reset(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
    }

    private void reserve(int count) {
        if (scratch.length < count) {
            scratch = new long[count];
            moments = new long[count];
            floats = new double[count];
            startMillis = new long[count];
        }
    }

    private long[] moments(int row, int count) {
        int number = times.number(row);
        Binary chunk = times.at(row);
        if (chunk == null) {
            throw Fault.corrupt("row has no times");
        }
        long[] known = momentsByNumber[number];
        if (known != null && known.length == count) {
            return known;
        }
        long[] decoded = moments;
        boolean keep = cachedMoments + count <= MAX_CACHED_MOMENTS;
        if (keep) {
            decoded = new long[count];
            momentsByNumber[number] = decoded;
            cachedMoments += count;
        }
        reset(chunk);
        TimesChunk.decode(in, count, decoded);
        return decoded;
    }

    private static int firstAtOrAfter(long[] sorted, int count, long moment) {
        if (sorted[0] >= moment) {
            return 0;
        }
        int found = Arrays.binarySearch(sorted, 0, count, moment);
        return found >= 0 ? found : -found - 1;
    }

    /// Fetches the next stretch of pages that hold selected rows.
    private void fetch() {
        long rowCount = table.rowsOf(rowGroup);
        RowRanges stretch = RowRanges.EMPTY;
        long bytes = 0;
        long first = -1;
        long last = -1;
        while (nextPage < pages.getPageCount() && bytes < BATCH_BYTES) {
            long pageFirst = pages.getFirstRowIndex(nextPage);
            long pageLast = pages.getLastRowIndex(nextPage, rowCount);
            if (selection.ranges().isOverlapping(pageFirst, pageLast)) {
                first = first < 0 ? pageFirst : first;
                last = pageLast;
                bytes += pages.getCompressedPageSize(nextPage);
            }
            nextPage++;
        }
        if (first >= 0) {
            RowRanges span = RowRanges.builder().addSelectedRange(first, last).build();
            stretch = RowRanges.intersection(selection.ranges(), span);
        }
        if (stretch.rowCount() == 0) {
            throw Fault.corrupt("row group has fewer chunks than rows");
        }
        ColumnBatch batch = table.read(rowGroup, List.of(valuesColumn), stretch);
        values = Columns.Bytes.of(batch, valuesColumn);
        batchRow = 0;
        batchRows = batch.rows();
    }
}
