package io.lambdascope.block;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Reads chosen rows of chosen columns of one Parquet file of a block, in few range requests. What cannot be read as
/// what it should be is a [Fault] CORRUPT_DATA.
public final class TableReader implements Closeable {
    /// The key in every footer under which the format stands.
    static final String FORMAT_KEY = "lambdascope.format";

    /// Tables up to this size come in one request.
    private static final int WHOLE_BYTES = 512 << 10;

    /// A tail beyond this cannot be ours: row groups are large, and labels in columns few.
    private static final int MAX_TAIL_BYTES = 256 << 20;

    /// Row groups are cut by their size long before they have so many rows.
    private static final long MAX_ROWS = 1 << 26;

    private static final ParquetReadOptions OPTIONS = PlainReadOptions.of(new ZstdCodecs(3));

    private final String key;
    private final ObjectInput input;
    private final ParquetMetadata footer;
    private final ParquetFileReader reader;
    private final long tailOffset;
    private final long tailFetched;
    private final Map<String, ColumnDescriptor> columns = new HashMap<>();
    private final @Nullable ColumnIndexStore[] indexes;

    /// What may go wrong inside parquet-java.
    interface Read<T> {
        T run() throws IOException;
    }

    private TableReader(String key, ObjectInput input, BlockCache.Tail tail, long tailFetched) throws IOException {
        this.key = key;
        this.input = input;
        this.footer = tail.footer();
        this.tailOffset = tail.offset();
        this.tailFetched = tailFetched;
        this.indexes = new ColumnIndexStore[footer.getBlocks().size()];
        this.reader = new ParquetFileReader(input, footer, OPTIONS, input.newStream());
        for (ColumnDescriptor column : schema().getColumns()) {
            columns.put(String.join("\0", column.getPath()), column);
        }
    }

    /// Opens a table of the block `unit`.
    ///
    /// @throws Fault CORRUPT_DATA if it is no Parquet file, NOT_FOUND if it has been deleted, UNAVAILABLE
    public static TableReader open(ObjectStore store, Unit unit, Unit.Table table, BlockCache cache) {
        if (!(unit.place() instanceof Unit.Place.Prefix(String prefix, var _))) {
            throw new IllegalArgumentException("unit %s is no block".formatted(unit.id()));
        }
        String key = prefix + table.name();
        ObjectInput input = new ObjectInput(store, key, table.bytes());
        return guarded(key, () -> {
            BlockCache.Key cacheKey = new BlockCache.Key(unit.id(), table.name());
            BlockCache.Tail tail = cache.get(cacheKey);
            boolean known = tail != null;
            if (tail == null) {
                tail = readTail(store, key, table);
                cache.put(cacheKey, tail);
            }
            input.put(tail.offset(), tail.bytes());
            return new TableReader(key, input, tail, known ? 0 : tail.bytes().length);
        });
    }

    private static BlockCache.Tail readTail(ObjectStore store, String key, Unit.Table table) throws IOException {
        long offset = table.bytes() <= WHOLE_BYTES ? 0 : table.footerOffset();
        long length = table.bytes() - offset;
        if (length > MAX_TAIL_BYTES) {
            throw Fault.corrupt("footer of %s is said to take %d bytes", key, length);
        }
        byte[] bytes = store.get(key, offset, (int) length);
        if (bytes.length != length) {
            throw Fault.corrupt("%s has fewer than the %d bytes that the catalog says", key, table.bytes());
        }
        ObjectInput tailInput = new ObjectInput(store, key, table.bytes());
        tailInput.put(offset, bytes);
        try (SeekableInputStream stream = tailInput.newStream()) {
            return new BlockCache.Tail(offset, bytes, ParquetFileReader.readFooter(tailInput, OPTIONS, stream));
        }
    }

    /// Runs what reads stored bytes: whatever parquet-java throws over them becomes a fault. Where it means to say that
    /// a chunk is damaged, it names Hadoop's `Path`, which is not there: that tells the same.
    static <T> T guarded(String key, Read<T> read) {
        try {
            return read.run();
        } catch (Fault e) {
            throw e;
        } catch (IOException | RuntimeException | NoClassDefFoundError e) {
            throw new Fault(FaultKind.CORRUPT_DATA, "%s does not read as a table: %s".formatted(key, e), e);
        }
    }

    public MessageType schema() {
        return footer.getFileMetaData().getSchema();
    }

    /// Key-values of the footer.
    public Map<String, String> keyValues() {
        return footer.getFileMetaData().getKeyValueMetaData();
    }

    /// What the footer says of the format that the table is in.
    ///
    /// @throws Fault CORRUPT_DATA if it does not say
    public String format() {
        String format = keyValues().get(FORMAT_KEY);
        if (format == null) {
            throw Fault.corrupt("%s has no %s in its footer", key, FORMAT_KEY);
        }
        return format;
    }

    public int rowGroups() {
        return footer.getBlocks().size();
    }

    public long rowsOf(int rowGroup) {
        long rows = footer.getBlocks().get(rowGroup).getRowCount();
        if (rows < 0 || rows > MAX_ROWS) {
            throw Fault.corrupt("%s has a row group of %d rows", key, rows);
        }
        return rows;
    }

    /// The column at `path`.
    ///
    /// @throws Fault CORRUPT_DATA if the table has none
    public ColumnDescriptor required(String... path) {
        ColumnDescriptor found = column(path);
        if (found == null) {
            throw Fault.corrupt("%s has no column %s", key, String.join(".", path));
        }
        return found;
    }

    /// The column at `path`, or null if the table has none.
    public @Nullable ColumnDescriptor column(String... path) {
        return columns.get(String.join("\0", path));
    }

    /// The smallest and largest of `column` in a row group, and how many nulls; null if that is not known.
    public @Nullable ColumnChunkMetaData chunk(int rowGroup, ColumnDescriptor column) {
        ColumnPath path = ColumnPath.get(column.getPath());
        for (ColumnChunkMetaData chunk : footer.getBlocks().get(rowGroup).getColumns()) {
            if (chunk.getPath().equals(path)) {
                return chunk;
            }
        }
        return null;
    }

    /// The pages of `column` with their smallest and largest values, or null if the table does not say.
    public @Nullable ColumnIndex columnIndex(int rowGroup, ColumnDescriptor column) {
        return guarded(key, () -> indexes(rowGroup).getColumnIndex(ColumnPath.get(column.getPath())));
    }

    /// Where the pages of `column` lie.
    ///
    /// @throws Fault CORRUPT_DATA if the table does not say
    public OffsetIndex offsetIndex(int rowGroup, ColumnDescriptor column) {
        return guarded(key, () -> {
            OffsetIndex index = indexes(rowGroup).getOffsetIndex(ColumnPath.get(column.getPath()));
            long rowCount = rowsOf(rowGroup);
            long nextRow = 0;
            for (int page = 0; page < index.getPageCount(); page++) {
                if (index.getFirstRowIndex(page) != nextRow
                        || index.getLastRowIndex(page, rowCount) < nextRow
                        || index.getCompressedPageSize(page) < 0) {
                    throw Fault.corrupt("%s has a page index with pages out of order", key);
                }
                nextRow = index.getLastRowIndex(page, rowCount) + 1;
            }
            return index;
        });
    }

    /// The reader keeps the indexes of the columns that are requested when it is first asked for them, and misses
    /// those of others later: so it is first asked with all columns requested.
    private ColumnIndexStore indexes(int rowGroup) {
        ColumnIndexStore known = indexes[rowGroup];
        if (known == null) {
            reader.setRequestedSchema(schema().getColumns());
            known = reader.getColumnIndexStore(rowGroup);
            indexes[rowGroup] = known;
        }
        return known;
    }

    /// Reads `wanted` of `rows` of a row group, all pages in few requests.
    public ColumnBatch read(int rowGroup, List<ColumnDescriptor> wanted, RowRanges rows) {
        return guarded(key, () -> {
            List<ObjectInput.Range> ranges = new ArrayList<>();
            for (ColumnDescriptor column : wanted) {
                addRanges(ranges, rowGroup, column, rows);
            }
            input.load(ranges);
            reader.setRequestedSchema(wanted);
            PageReadStore pages = reader.readFilteredRowGroup(rowGroup, rows);
            input.dropBefore(tailOffset);
            return new ColumnBatch(
                    key, pages, wanted, schema(), footer.getFileMetaData().getCreatedBy());
        });
    }

    /// How many bytes were fetched for this table since it was opened, its tail included.
    public long fetchedBytes() {
        return tailFetched + input.fetched();
    }

    private void addRanges(List<ObjectInput.Range> ranges, int rowGroup, ColumnDescriptor column, RowRanges rows) {
        long rowCount = rowsOf(rowGroup);
        OffsetIndex index = offsetIndex(rowGroup, column);
        ColumnChunkMetaData chunk = chunk(rowGroup, column);
        if (chunk != null && index.getPageCount() > 0 && chunk.getStartingPos() < index.getOffset(0)) {
            ranges.add(new ObjectInput.Range(chunk.getStartingPos(), index.getOffset(0)));
        }
        for (int page = 0; page < index.getPageCount(); page++) {
            if (rows.isOverlapping(index.getFirstRowIndex(page), index.getLastRowIndex(page, rowCount))) {
                long offset = index.getOffset(page);
                ranges.add(new ObjectInput.Range(offset, offset + index.getCompressedPageSize(page)));
            }
        }
    }

    @Override
    public void close() {
        guarded(key, () -> {
            reader.close();
            return true;
        });
    }
}
