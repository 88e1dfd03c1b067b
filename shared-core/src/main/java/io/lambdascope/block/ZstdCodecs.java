package io.lambdascope.block;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// zstd and nothing else, without Hadoop.
final class ZstdCodecs implements CompressionCodecFactory {
    /// Our pages are far smaller; a page that says more is damaged.
    private static final int MAX_PAGE_BYTES = 256 << 20;

    private final int level;

    ZstdCodecs(int level) {
        this.level = level;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return new Compressor(level);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return new Decompressor();
    }

    private static void requireZstd(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("blocks are compressed with zstd, not with " + codec);
        }
    }

    @Override
    public void release() {}

    private static byte[] arrayOf(BytesInput bytes) throws IOException {
        byte[] array = new byte[Math.toIntExact(bytes.size())];
        bytes.toInputStream().readNBytes(array, 0, array.length);
        return array;
    }

    private record Compressor(int level) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Zstd.compress(arrayOf(bytes), level));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }

    private record Decompressor() implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
            byte[] compressed = arrayOf(bytes);
            byte[] into = new byte[checked(decompressedSize)];
            long size = Zstd.decompressByteArray(into, 0, into.length, compressed, 0, compressed.length);
            if (size != decompressedSize) {
                throw new IOException(
                        "page of %d bytes does not decompress to %d".formatted(compressed.length, decompressedSize));
            }
            return BytesInput.from(into);
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
                throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(arrayOf(decompress(BytesInput.from(compressed), decompressedSize)));
        }

        private static int checked(int size) throws IOException {
            if (size < 0 || size > MAX_PAGE_BYTES) {
                throw new IOException("page says that it holds %d bytes".formatted(size));
            }
            return size;
        }

        @Override
        public void release() {}
    }
}
