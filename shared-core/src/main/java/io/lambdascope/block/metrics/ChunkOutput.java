package io.lambdascope.block.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes of a chunk as they are made; reused from chunk to chunk.
final class ChunkOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[4096];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
    }

    void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /// Eight bytes, little end first.
    void writeLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    /// Seven bits to a byte, low ones first, the top bit saying that more follow; as protobuf does.
    void writeUnsigned(long value) {
        reserve(10);
        while ((value & ~0x7fL) != 0) {
            bytes[size++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        bytes[size++] = (byte) value;
    }

    void writeSigned(long value) {
        writeUnsigned(zigzag(value));
    }

    /// The low `planes` bytes of `values[from, to)`, all lowest ones first, then all second ones …
    void writePlanes(long[] values, int from, int to, int planes) {
        reserve(planes * (to - from));
        for (int plane = 0; plane < planes; plane++) {
            int shift = 8 * plane;
            for (int i = from; i < to; i++) {
                bytes[size++] = (byte) (values[i] >>> shift);
            }
        }
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}
