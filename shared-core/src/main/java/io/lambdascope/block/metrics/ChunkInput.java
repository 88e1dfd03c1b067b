package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes of a chunk as they are read; never reads beyond its end.
final class ChunkInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /// Reads `source[from, from + length)` from now on.
    void reset(byte[] source, int from, int length) {
        bytes = source;
        at = from;
        end = from + length;
    }

    /// The array read from; what [#take] gives is an index into it.
    byte[] bytes() {
        return bytes;
    }

    int remaining() {
        return end - at;
    }

    /// Passes over `count` bytes and gives where they begin.
    int take(long count) {
        if (count < 0 || count > end - at) {
            throw Fault.corrupt("chunk ends %d bytes before it should", count - (end - at));
        }
        int start = at;
        at += (int) count;
        return start;
    }

    int readByte() {
        return bytes[take(1)] & 0xff;
    }

    long readLong() {
        return (long) LONG.get(bytes, take(8));
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw Fault.corrupt("chunk holds a number of more than 64 bits");
    }

    /// A count that is at most `limit`.
    int readCount(int limit) {
        long value = readUnsigned();
        if (value < 0 || value > limit) {
            throw Fault.corrupt("chunk counts %s of something of which there can be %d", value, limit);
        }
        return (int) value;
    }

    long readSigned() {
        return unzigzag(readUnsigned());
    }

    void requireEnd() {
        if (at != end) {
            throw Fault.corrupt("chunk has %d bytes too many", end - at);
        }
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
