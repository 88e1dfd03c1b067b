package io.lambdascope.wire.remoteread;

import java.util.Arrays;

/// Bytes that grow bit by bit, the highest bit of each first (prometheus `tsdb/chunkenc/bstream.go`), with the numbers
/// of variable length that chunks hold (`tsdb/chunkenc/varbit.go`).
final class BitWriter {
    /// Bits of a number behind its prefix. The prefix of the n-th, counted from 1, is n ones and a zero; a number that
    /// fits none has eight ones and then all its 64 bits.
    private static final int[] NUMBER_BITS = {3, 6, 9, 12, 18, 25, 56};

    private byte[] bytes = new byte[256];
    private int size;
    private int freeBits;

    /// The lowest `count` bits of `value`, the highest of them first.
    void bits(long value, int count) {
        int left = count;
        while (left > 0) {
            if (freeBits == 0) {
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * size);
                }
                size++;
                freeBits = 8;
            }
            int taken = Math.min(freeBits, left);
            left -= taken;
            freeBits -= taken;
            bytes[size - 1] |= (byte) ((value >>> left & (1 << taken) - 1) << freeBits);
        }
    }

    void float64(double value) {
        bits(Double.doubleToRawLongBits(value), 64);
    }

    /// A number in groups of seven bits, as protobuf has them.
    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bits(rest & 0x7f | 0x80, 8);
            rest >>>= 7;
        }
        bits(rest, 8);
    }

    /// A signed number, in fewer bits the nearer it is to 0.
    void number(long value) {
        if (value == 0) {
            bits(0, 1);
            return;
        }
        for (int i = 0; i < NUMBER_BITS.length; i++) {
            if (fits(value, NUMBER_BITS[i])) {
                prefixed(i, value);
                return;
            }
        }
        bits(0xff, 8);
        bits(value, 64);
    }

    /// A number that is never negative, in fewer bits the smaller it is.
    void unsignedNumber(long value) {
        if (value == 0) {
            bits(0, 1);
            return;
        }
        for (int i = 0; i < NUMBER_BITS.length; i++) {
            if (value >>> NUMBER_BITS[i] == 0) {
                prefixed(i, value);
                return;
            }
        }
        bits(0xff, 8);
        bits(value, 64);
    }

    private void prefixed(int bucket, long value) {
        bits((1 << bucket + 2) - 2, bucket + 2);
        bits(value, NUMBER_BITS[bucket]);
    }

    /// Whether Prometheus takes `value` for one of `count` bits: one more above 0 than below.
    static boolean fits(long value, int count) {
        return value > -(1L << count - 1) && value <= 1L << count - 1;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
