package io.lambdascope.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.jspecify.annotations.Nullable;

/// What the smallest and largest values of row groups and pages rule out. What they do not say is never ruled out.
public final class Pruning {
    private Pruning() {}

    /// A condition on the smallest and largest value of a stretch of rows.
    public interface Bounds {
        /// Whether a row may pass where values lie from `least` to `most`, both inside.
        boolean mayPass(byte[] least, byte[] most);

        /// Whether a row without a value passes.
        boolean passesNull();
    }

    /// Passes UTF-8 strings that are `value`; an absent one counts as empty.
    public static Bounds equalTo(byte[] value) {
        return new Bounds() {
            @Override
            public boolean mayPass(byte[] least, byte[] most) {
                return Arrays.compareUnsigned(least, value) <= 0 && Arrays.compareUnsigned(value, most) <= 0;
            }

            @Override
            public boolean passesNull() {
                return value.length == 0;
            }
        };
    }

    /// Passes numbers from `from` to `last`.
    public static Bounds between(long from, long last) {
        return new Bounds() {
            @Override
            public boolean mayPass(byte[] least, byte[] most) {
                return longOf(least) <= last && from <= longOf(most);
            }

            @Override
            public boolean passesNull() {
                return false;
            }
        };
    }

    private static long longOf(byte[] littleEndian) {
        return ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /// The rows of a row group that may pass `bounds` on `column`.
    public static RowRanges rows(TableReader table, int rowGroup, ColumnDescriptor column, Bounds bounds) {
        long rowCount = table.rowsOf(rowGroup);
        ColumnChunkMetaData chunk = table.chunk(rowGroup, column);
        if (chunk != null && isRuledOut(chunk.getStatistics(), bounds)) {
            return RowRanges.EMPTY;
        }
        ColumnIndex pages = table.columnIndex(rowGroup, column);
        if (pages == null) {
            return RowRanges.createSingle(rowCount);
        }
        OffsetIndex offsets = table.offsetIndex(rowGroup, column);
        RowRanges.Builder passing = RowRanges.builder();
        boolean all = true;
        boolean none = true;
        for (int page = 0; page < offsets.getPageCount(); page++) {
            if (mayPass(pages, page, bounds)) {
                none = false;
                passing.addSelectedRange(offsets.getFirstRowIndex(page), offsets.getLastRowIndex(page, rowCount));
            } else {
                all = false;
            }
        }
        if (none) {
            return RowRanges.EMPTY;
        }
        return all ? RowRanges.createSingle(rowCount) : passing.build();
    }

    private static boolean isRuledOut(@Nullable Statistics<?> statistics, Bounds bounds) {
        return statistics != null
                && statistics.hasNonNullValue()
                && !(bounds.passesNull() && statistics.getNumNulls() != 0)
                && !bounds.mayPass(statistics.getMinBytes(), statistics.getMaxBytes());
    }

    private static boolean mayPass(ColumnIndex pages, int page, Bounds bounds) {
        if (pages.getNullPages().get(page)) {
            return bounds.passesNull();
        }
        boolean hasNulls =
                pages.getNullCounts() == null || pages.getNullCounts().get(page) != 0;
        return bounds.passesNull() && hasNulls
                || bounds.mayPass(
                        bytesOf(pages.getMinValues().get(page)),
                        bytesOf(pages.getMaxValues().get(page)));
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
