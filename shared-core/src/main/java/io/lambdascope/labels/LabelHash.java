package io.lambdascope.labels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// xxHash64 with seed 0 (Yann Collet's specification, `doc/xxhash_spec.md` of the xxHash project) over
/// length-prefixed strings.
final class LabelHash {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LabelHash() {}

    /// A length below 255 is one byte; a longer one is 255 and three bytes, little end first.
    static long of(String[] strings) {
        byte[] bytes = new byte[256];
        int size = 0;
        for (String string : strings) {
            byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
            if (size + utf8.length + 4 > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (size + utf8.length + 4));
            }
            if (utf8.length < 255) {
                bytes[size++] = (byte) utf8.length;
            } else {
                bytes[size++] = (byte) 255;
                bytes[size++] = (byte) utf8.length;
                bytes[size++] = (byte) (utf8.length >> 8);
                bytes[size++] = (byte) (utf8.length >> 16);
            }
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        }
        return xxHash64(bytes, size);
    }

    static long xxHash64(byte[] bytes, int size) {
        int at = 0;
        long hash;
        if (size >= 32) {
            long a = 0x60EA27EEADC0B5D6L; // PRIME_1 + PRIME_2, which overflows
            long b = PRIME_2;
            long c = 0;
            long d = -PRIME_1;
            for (; at <= size - 32; at += 32) {
                a = round(a, (long) LONG.get(bytes, at));
                b = round(b, (long) LONG.get(bytes, at + 8));
                c = round(c, (long) LONG.get(bytes, at + 16));
                d = round(d, (long) LONG.get(bytes, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = PRIME_5;
        }
        hash += size;
        for (; at <= size - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(bytes, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at <= size - 4) {
            hash = Long.rotateLeft(hash ^ Integer.toUnsignedLong((int) INT.get(bytes, at)) * PRIME_1, 23) * PRIME_2
                    + PRIME_3;
            at += 4;
        }
        for (; at < size; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long round(long state, long input) {
        return Long.rotateLeft(state + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long state) {
        return (hash ^ round(0, state)) * PRIME_1 + PRIME_4;
    }
}
