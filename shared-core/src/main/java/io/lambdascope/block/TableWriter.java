package io.lambdascope.block;

import io.lambdascope.source.Unit;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Writes one Parquet file row by row: zstd, page index, page checksums. Holds one row group in memory, compressed.
///
/// For each row, every column gets its values through [#column], then [#endRow].
public final class TableWriter implements Closeable {
    private static final int MAX_PADDING_BYTES = 0;
    private static final int INDEX_TRUNCATE_BYTES = 64;

    private final String name;
    private final MessageType schema;
    private final ParquetProperties properties;
    private final ZstdCodecs codecs;
    private final long rowGroupBytes;
    private final ParquetFileWriter file;
    private final ColumnWriter[] columns;

    private @Nullable ColumnDescriptor watched;
    private IntConsumer pageEnded = rows -> {};
    private @Nullable ColumnChunkPageWriteStore pages;
    private @Nullable ColumnWriteStore store;
    private long groupRows;
    private long rows;

    /// @param file replaced if it is there
    /// @param name of the table, as in `series.parquet`
    /// @param rowGroupBytes when the buffered row group reaches this, it is written
    public TableWriter(
            Path file,
            String name,
            MessageType schema,
            ParquetProperties properties,
            int zstdLevel,
            long rowGroupBytes) {
        this.name = name;
        this.schema = schema;
        this.properties = properties;
        this.codecs = new ZstdCodecs(zstdLevel);
        this.rowGroupBytes = rowGroupBytes;
        this.columns = new ColumnWriter[schema.getColumns().size()];
        try {
            this.file = new ParquetFileWriter(
                    new LocalOutput(file),
                    schema,
                    ParquetFileWriter.Mode.OVERWRITE,
                    rowGroupBytes,
                    MAX_PADDING_BYTES,
                    null,
                    properties);
            this.file.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Before the first row: says whom to tell of the rows of each page of the column at `index`, when it ends.
    public void watchPages(int index, IntConsumer ended) {
        watched = schema.getColumns().get(index);
        pageEnded = ended;
    }

    /// The writer of the column at `index` of the schema, good for the current row.
    public ColumnWriter column(int index) {
        if (store == null) {
            startGroup();
        }
        return columns[index];
    }

    private void startGroup() {
        ColumnChunkPageWriteStore newPages = new ColumnChunkPageWriteStore(
                codecs.getCompressor(CompressionCodecName.ZSTD),
                schema,
                HeapByteBufferAllocator.getInstance(),
                INDEX_TRUNCATE_BYTES,
                true);
        PageWriteStore seen = watched == null ? newPages : new WatchedPages(newPages, watched, pageEnded);
        ColumnWriteStore newStore = properties.newColumnWriteStore(schema, seen, newPages);
        int i = 0;
        for (ColumnDescriptor column : schema.getColumns()) {
            columns[i++] = newStore.getColumnWriter(column);
        }
        pages = newPages;
        store = newStore;
    }

    /// Ends the row; every column has had its value or null.
    public void endRow() {
        ColumnWriteStore current = store;
        if (current == null) {
            throw new IllegalStateException("a row without columns");
        }
        current.endRecord();
        groupRows++;
        if ((groupRows & 15) == 0 && current.getBufferedSize() >= rowGroupBytes) {
            endGroup();
        }
    }

    private void endGroup() {
        if (store == null || pages == null) {
            return;
        }
        try {
            store.flush();
            file.startBlock(groupRows);
            pages.flushToFileWriter(file);
            file.endBlock();
            store.close();
            pages.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows += groupRows;
        groupRows = 0;
        store = null;
        pages = null;
    }

    /// Rows ended so far.
    public long rows() {
        return rows + groupRows;
    }

    /// Writes what is buffered, the indexes and the footer.
    ///
    /// @param keyValues for the footer
    public Unit.Table finish(Map<String, String> keyValues) {
        endGroup();
        try {
            long footerOffset = file.getPos();
            file.end(keyValues);
            return new Unit.Table(name, file.getPos(), footerOffset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
