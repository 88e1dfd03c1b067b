package io.lambdascope.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes that grow: how the columns of a segment are written. Integers are LEB128 varints, signed ones zigzag coded;
/// fixed ones are big-endian.
public final class ColumnWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int size;

    public ColumnWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /// The bytes written, and room behind them. Not a copy; another one after the next write.
    public byte[] array() {
        return bytes;
    }

    /// Declares `count` bytes that were written into [#array] behind the end.
    public void advance(int count) {
        size += count;
    }

    public void octet(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /// An unsigned integer of up to 64 bits, 1 to 10 bytes.
    public void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// A signed integer, small if it is near 0.
    public void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    public void fixedLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    public void fixedDouble(double value) {
        fixedLong(Double.doubleToRawLongBits(value));
    }

    public void bytes(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /// All of `other`, its length before it.
    public void column(ColumnWriter other) {
        varint(other.size);
        bytes(other.bytes, 0, other.size);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
    }
}
