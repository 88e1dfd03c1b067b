package io.lambdascope.head;

import io.lambdascope.fault.Fault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ColumnWriter] wrote. Bytes that end too soon or hold absurd numbers are CORRUPT_DATA, and nothing is
/// allocated by a number that was not checked against what is left.
public final class ColumnReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;

    public ColumnReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    /// An unsigned byte.
    public int octet() {
        need(1);
        return bytes[at++] & 0xff;
    }

    public long varint() {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw Fault.corrupt("a number at byte %d has no end", at);
    }

    public long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// An unsigned number that may not exceed `max`.
    public int count(int max) {
        long value = varint();
        if (value < 0 || value > max) {
            throw Fault.corrupt("a count at byte %d is %s, more than %d", at, Long.toUnsignedString(value), max);
        }
        return (int) value;
    }

    /// How many things follow that take at least one byte each.
    public int countOfBytes() {
        return count(remaining());
    }

    public long fixedLong() {
        need(8);
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    public double fixedDouble() {
        return Double.longBitsToDouble(fixedLong());
    }

    public byte[] bytes(int length) {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public String text(int length) {
        need(length);
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /// What [ColumnWriter#column] wrote, as a reader of its own over the same bytes.
    public ColumnReader column() {
        int length = countOfBytes();
        at += length;
        return new ColumnReader(bytes, at - length, at);
    }

    /// The bytes that are read. Not a copy.
    public byte[] array() {
        return bytes;
    }

    public void skip(int count) {
        need(count);
        at += count;
    }

    private void need(int count) {
        if (count < 0 || end - at < count) {
            throw Fault.corrupt("%d bytes wanted at byte %d, and %d are left", count, at, end - at);
        }
    }
}
