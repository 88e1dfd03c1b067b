package io.lambdascope.block;

import java.util.Set;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV2ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;

/// Parquet's choices for version 2, but for some columns of bytes: the lengths of a page's values in front and then
/// their bytes untouched, one value behind the other. Prefixes in common, which the default looks for, cost more than
/// they save there.
public final class LengthsFirst implements ValuesWriterFactory {
    private static final int SLAB_BYTES = 256;

    private final DefaultV2ValuesWriterFactory others = new DefaultV2ValuesWriterFactory();
    private final Set<String> columns;
    private int pageBytes;

    /// @param columns the names of those columns
    public LengthsFirst(String... columns) {
        this.columns = Set.of(columns);
    }

    @Override
    public void initialize(ParquetProperties properties) {
        others.initialize(properties);
        pageBytes = properties.getPageSizeThreshold();
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
        if (columns.contains(column.getPath()[0])) {
            return new DeltaLengthByteArrayValuesWriter(
                    SLAB_BYTES, Math.max(SLAB_BYTES, pageBytes), HeapByteBufferAllocator.getInstance());
        }
        return others.newValuesWriter(column);
    }
}
