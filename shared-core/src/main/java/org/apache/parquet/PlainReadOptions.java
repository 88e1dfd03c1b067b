package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/// Read options that touch no Hadoop class. The builder of [ParquetReadOptions] makes Hadoop's codecs even when it is
/// given others, so this calls the constructor that it would call, which only this package can see.
public final class PlainReadOptions {
    private static final int MAX_ALLOCATION_BYTES = 8 << 20;

    private PlainReadOptions() {}

    /// @param codecs decompress what is read
    public static ParquetReadOptions of(CompressionCodecFactory codecs) {
        boolean signedMinMax = false;
        boolean statistics = false;
        boolean dictionaryFilter = false;
        boolean recordFilter = false;
        boolean columnIndexFilter = false;
        boolean checksums = true;
        boolean bloomFilter = false;
        boolean offHeapDecryption = false;
        boolean vectoredReads = false;
        return new ParquetReadOptions(
                signedMinMax,
                statistics,
                dictionaryFilter,
                recordFilter,
                columnIndexFilter,
                checksums,
                bloomFilter,
                offHeapDecryption,
                vectoredReads,
                FilterCompat.NOOP,
                ParquetMetadataConverter.NO_FILTER,
                codecs,
                HeapByteBufferAllocator.getInstance(),
                MAX_ALLOCATION_BYTES,
                Map.of(),
                null,
                null,
                new PlainParquetConfiguration());
    }
}
