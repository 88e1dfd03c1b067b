package io.lambdascope.wire;

import io.lambdascope.fault.Fault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Walks over the fields of protobuf messages where they lie (protobuf.dev, "Encoding"), with no object for a message.
/// Messages inside messages are entered by [#enter] and left by [#leave].
///
/// Every method throws [Fault] BAD_REQUEST where the bytes end too soon or are no protobuf.
public final class ProtoReader {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LENGTH = 2;
    public static final int FIXED32 = 5;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WIRE_TYPE_BITS = 3;

    private final byte[] bytes;
    private int at;
    private int end;

    public ProtoReader(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /// The bytes that are read. Not a copy.
    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return at;
    }

    /// Where the current message ends.
    public int end() {
        return end;
    }

    /// Goes to where a field of the current message, or of one that is left by now, was met before: fields come in any
    /// order, and what one means may be said behind it.
    public void moveTo(int position) {
        at = position;
    }

    /// Field number and wire type of the next field (`number << 3 | type`), or 0 at the end of the message.
    public int tag() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        if (tag >>> WIRE_TYPE_BITS == 0 || tag >>> 32 != 0) {
            throw broken("a field has the number %d".formatted(tag >>> WIRE_TYPE_BITS));
        }
        return (int) tag;
    }

    /// The tag that field `number` has with `type`.
    public static int tag(int number, int type) {
        return number << WIRE_TYPE_BITS | type;
    }

    public long varint() {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw broken("it ends inside a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a number has more than 10 bytes");
    }

    /// A `sint32` or `sint64`.
    public long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    public long fixed64() {
        need(8);
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    public int fixed32() {
        need(4);
        int value = (int) INT.get(bytes, at);
        at += 4;
        return value;
    }

    public double float64() {
        return Double.longBitsToDouble(fixed64());
    }

    /// Reads the length of a string, of bytes or of packed values, which begin at [#position] then.
    public int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw broken("a field has %s bytes and %d are left".formatted(Long.toUnsignedString(length), end - at));
        }
        return (int) length;
    }

    public void skip(int count) {
        need(count);
        at += count;
    }

    public String text() {
        int length = length();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /// Goes into the message that begins here. Returns what [#leave] wants.
    public int enter() {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    /// Goes behind the message entered last.
    public void leave(int outer) {
        at = end;
        end = outer;
    }

    /// Goes past the value of a field that nobody asked for.
    public void skipField(int tag) {
        switch (tag & (1 << WIRE_TYPE_BITS) - 1) {
            case VARINT -> varint();
            case FIXED64 -> skip(8);
            case LENGTH -> skip(length());
            case FIXED32 -> skip(4);
            default -> throw broken("field %d has an unknown wire type".formatted(tag >>> WIRE_TYPE_BITS));
        }
    }

    private void need(int count) {
        if (end - at < count) {
            throw broken("%d bytes wanted and %d are left".formatted(count, end - at));
        }
    }

    private Fault broken(String what) {
        return Fault.badRequest("body is not the protobuf it should be: at byte %d, %s", at, what);
    }
}
