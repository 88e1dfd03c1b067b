package io.lambdascope.block;

import io.lambdascope.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;

/// The pages of a column that [LengthsFirst] wrote, none of its values absent, one page at a time. The values of a page
/// lie one behind the other where they were decompressed, and are not copied.
public final class BytesPages {
    /// Writers use 128.
    private static final int MAX_LENGTHS_IN_BLOCK = 1 << 16;

    private final String key;
    private final PageReader pages;

    /// One page: value `i` is `bytes[starts[i], starts[i + 1])`.
    ///
    /// @param starts one more than there are rows
    public record Page(byte[] bytes, int[] starts) {
        public int rows() {
            return starts.length - 1;
        }
    }

    BytesPages(String key, PageReader pages) {
        this.key = key;
        this.pages = pages;
    }

    /// The next page.
    ///
    /// @param rows how many it has
    /// @throws Fault CORRUPT_DATA if there is none, or if it is another
    public Page next(int rows) {
        return TableReader.guarded(key, () -> {
            DataPage page = pages.readPage();
            if (!(page instanceof DataPageV2 next)
                    || next.getDataEncoding() != Encoding.DELTA_LENGTH_BYTE_ARRAY
                    || next.getValueCount() != rows
                    || next.getNullCount() != 0) {
                throw Fault.corrupt("%s has no page of %d lengths and values where one should be", key, rows);
            }
            return decode(next.getData().toByteBuffer(), rows);
        });
    }

    private Page decode(ByteBuffer data, int rows) throws IOException {
        requireCount(data, rows);
        DeltaBinaryPackingValuesReader lengths = new DeltaBinaryPackingValuesReader();
        ByteBufferInputStream in = ByteBufferInputStream.wrap(data.duplicate());
        lengths.initFromPage(rows, in);
        int[] starts = new int[rows + 1];
        int at = data.arrayOffset() + data.position() + Math.toIntExact(in.position());
        int end = data.arrayOffset() + data.limit();
        for (int row = 0; row < rows; row++) {
            starts[row] = at;
            int length = lengths.readInteger();
            if (length < 0 || length > end - at) {
                throw Fault.corrupt("%s has a value of %d bytes, %d are left", key, length, end - at);
            }
            at += length;
        }
        starts[rows] = at;
        if (at != end) {
            throw Fault.corrupt("%s has %d bytes behind its last value", key, end - at);
        }
        return new Page(data.array(), starts);
    }

    /// parquet-java makes room for as many lengths as the page says that there are.
    private void requireCount(ByteBuffer data, int rows) throws IOException {
        ByteBufferInputStream in = ByteBufferInputStream.wrap(data.duplicate());
        int block = BytesUtils.readUnsignedVarInt(in);
        int miniBlocks = BytesUtils.readUnsignedVarInt(in);
        int count = BytesUtils.readUnsignedVarInt(in);
        if (count != rows || block > MAX_LENGTHS_IN_BLOCK || miniBlocks > MAX_LENGTHS_IN_BLOCK) {
            throw Fault.corrupt("%s has %d lengths in blocks of %d for %d values", key, count, block, rows);
        }
    }
}
