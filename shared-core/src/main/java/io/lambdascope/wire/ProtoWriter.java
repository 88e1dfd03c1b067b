package io.lambdascope.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes protobuf messages (protobuf.dev, "Encoding") into bytes that grow, field by field, as they are called for:
/// whether a default value is left out is the caller's choice. Messages inside messages are begun by [#begin] and ended
/// by [#end].
public final class ProtoWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] bytes;
    private int size;

    public ProtoWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void varint(int field, long value) {
        tag(field, ProtoReader.VARINT);
        rawVarint(value);
    }

    /// A `sint32` or `sint64`.
    public void zigzag(int field, long value) {
        varint(field, value << 1 ^ value >> 63);
    }

    public void fixed64(int field, long value) {
        tag(field, ProtoReader.FIXED64);
        rawFixed64(value);
    }

    public void fixed32(int field, int value) {
        tag(field, ProtoReader.FIXED32);
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    public void float64(int field, double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    public void bytes(int field, byte[] value) {
        tag(field, ProtoReader.LENGTH);
        rawVarint(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    public void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Begins a message, or packed values. Returns what [#end] wants.
    public int begin(int field) {
        tag(field, ProtoReader.LENGTH);
        reserve(1);
        return size++;
    }

    /// Ends the message begun last: writes its length before it, for which one byte was kept free.
    public void end(int begun) {
        int length = size - begun - 1;
        int more = (31 - Integer.numberOfLeadingZeros(length | 1)) / 7;
        if (more > 0) {
            reserve(more);
            System.arraycopy(bytes, begun + 1, bytes, begun + 1 + more, length);
        }
        size = begun;
        rawVarint(length);
        size += length;
    }

    /// A number without a tag, as one of packed values.
    public void rawVarint(long value) {
        reserve(MAX_VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// Eight bytes without a tag, as one of packed values.
    public void rawFixed64(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    private void tag(int field, int type) {
        rawVarint(ProtoReader.tag(field, type) & 0xffff_ffffL);
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
    }
}
