package io.lambdascope.wire;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.Arrays;

/// Reads and writes snappy's block format (google/snappy `format_description.txt`), which has no checksum and says at
/// the start
/// how large the content is.
public final class SnappyBlock {
    /// A copy of at most 64 bytes takes 3: no honest block promises more.
    private static final int MAX_RATIO = 22;

    private static final int MAX_VARINT_BYTES = 5;

    private SnappyBlock() {}

    /// @param maxBytes the most that the content may have; nothing is allocated for more
    /// @throws Fault TOO_LARGE if it has more, BAD_REQUEST if `block` is not snappy
    public static byte[] decompress(byte[] block, int maxBytes) {
        long size = sizeOf(block);
        if (size > maxBytes) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "body has %d bytes when decompressed, at most %d are taken; send smaller batches"
                            .formatted(size, maxBytes));
        }
        if (size > (long) block.length * MAX_RATIO) {
            throw Fault.badRequest("body is not snappy: %d bytes cannot hold %d", block.length, size);
        }
        byte[] content = new byte[(int) size];
        try {
            int written = new SnappyJavaDecompressor().decompress(block, 0, block.length, content, 0, content.length);
            if (written != content.length) {
                throw Fault.badRequest("body is not snappy: it holds %d bytes and says %d", written, size);
            }
            return content;
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Fault(FaultKind.BAD_REQUEST, "body is not snappy (block format): " + e.getMessage(), e);
        }
    }

    public static byte[] compress(byte[] content) {
        SnappyJavaCompressor compressor = new SnappyJavaCompressor();
        byte[] block = new byte[compressor.maxCompressedLength(content.length)];
        return Arrays.copyOf(block, compressor.compress(content, 0, content.length, block, 0, block.length));
    }

    private static long sizeOf(byte[] block) {
        long size = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && i < block.length; i++) {
            size |= (block[i] & 0x7fL) << 7 * i;
            if (block[i] >= 0) {
                return size;
            }
        }
        throw Fault.badRequest(
                block.length == 0 ? "body is empty; expected snappy" : "body is not snappy: its size has no end");
    }
}
