package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;

/// Columns of integers as differences, cut into planes of bytes: what timestamps and scaled floats are stored as.
final class LongChunk {
    /*
     *   byte      order: how often differences were taken, 0 to 2
     *   byte      shift: how many low zero bits all differences had and lost
     *   byte      planes: bytes that each difference needs, 0 to 8
     *   signed    base: what was taken off each difference
     *   signed    the first value, where order is 1 or 2
     *   signed    the first difference, where order is 2
     *   planes    the lowest bytes of all (difference - base) >> shift in zigzag, then all second bytes …
     *
     * All arithmetic is modulo 2^64. Planes rather than varints: they decode without a branch per value, several at
     * a time, and zstd, which comes over it, finds more in them: the upper planes are nearly all zero. Zigzag keeps
     * small differences of both signs in the lowest plane. Measured in docs/adr/0024.
     */
    private static final int MAX_ORDER = 2;

    private long[] differences = new long[256];
    private long[] zigzags = new long[256];

    /// Encodes `values[0, count)`; `base` is taken off each difference.
    void encode(long[] values, int count, int order, long base, ChunkOutput out) {
        if (differences.length < count) {
            differences = new long[count];
            zigzags = new long[count];
        }
        int taken = Math.min(order, count);
        System.arraycopy(values, 0, differences, 0, count);
        for (int round = 0; round < taken; round++) {
            for (int i = count - 1; i > round; i--) {
                differences[i] -= differences[i - 1];
            }
        }
        long any = 0;
        for (int i = taken; i < count; i++) {
            differences[i] -= base;
            any |= differences[i];
        }
        int shift = any == 0 ? 0 : Long.numberOfTrailingZeros(any);
        long widest = 0;
        for (int i = taken; i < count; i++) {
            zigzags[i] = ChunkOutput.zigzag(differences[i] >> shift);
            widest |= zigzags[i];
        }
        int planes = (71 - Long.numberOfLeadingZeros(widest)) / 8;
        out.writeByte(order);
        out.writeByte(shift);
        out.writeByte(planes);
        out.writeSigned(base);
        for (int i = 0; i < taken; i++) {
            out.writeSigned(differences[i]);
        }
        out.writePlanes(zigzags, taken, count, planes);
    }

    /// Decodes `count` values into `into`.
    static void decode(ChunkInput in, int count, long[] into) {
        int order = in.readByte();
        int shift = in.readByte();
        int planes = in.readByte();
        if (order > MAX_ORDER || shift > 63 || planes > 8) {
            throw Fault.corrupt("chunk of integers has order %d, shift %d, planes %d", order, shift, planes);
        }
        long base = in.readSigned();
        int taken = Math.min(order, count);
        long first = taken > 0 ? in.readSigned() : 0;
        long firstDifference = taken > 1 ? in.readSigned() : 0;
        int rest = count - taken;
        int at = in.take((long) planes * rest);
        gather(in.bytes(), at, planes, rest, into, taken);
        for (int i = taken; i < count; i++) {
            into[i] = (ChunkInput.unzigzag(into[i]) << shift) + base;
        }
        switch (order) {
            case 1 -> sum(into, count, first);
            case 2 -> sumTwice(into, count, first, firstDifference);
            default -> {}
        }
    }

    private static void gather(byte[] bytes, int at, int planes, int count, long[] into, int from) {
        switch (planes) {
            case 0 -> java.util.Arrays.fill(into, from, from + count, 0);
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = bytes[at + i] & 0xffL;
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = bytes[at + i] & 0xff | (bytes[at + count + i] & 0xff) << 8;
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = bytes[at + i] & 0xff
                            | (bytes[at + count + i] & 0xff) << 8
                            | (bytes[at + 2 * count + i] & 0xffL) << 16;
                }
                for (int plane = 3; plane < planes; plane++) {
                    int start = at + plane * count;
                    int shift = 8 * plane;
                    for (int i = 0; i < count; i++) {
                        into[from + i] |= (bytes[start + i] & 0xffL) << shift;
                    }
                }
            }
        }
    }

    private static void sum(long[] into, int count, long first) {
        if (count == 0) {
            return;
        }
        long value = first;
        into[0] = first;
        for (int i = 1; i < count; i++) {
            value += into[i];
            into[i] = value;
        }
    }

    private static void sumTwice(long[] into, int count, long first, long firstDifference) {
        if (count == 0) {
            return;
        }
        into[0] = first;
        if (count == 1) {
            return;
        }
        long difference = firstDifference;
        long value = first + difference;
        into[1] = value;
        for (int i = 2; i < count; i++) {
            difference += into[i];
            value += difference;
            into[i] = value;
        }
    }

    /// Of no, one or two rounds of differences the one that leaves the fewest bits.
    static int bestOrder(long[] values, int count) {
        long[] bits = new long[MAX_ORDER + 1];
        long before = 0;
        long differenceBefore = 0;
        for (int i = 0; i < count; i++) {
            long difference = values[i] - before;
            if (i >= 2) {
                bits[0] += width(values[i]);
                bits[1] += width(difference);
                bits[2] += width(difference - differenceBefore);
            }
            before = values[i];
            differenceBefore = difference;
        }
        if (bits[1] <= bits[0]) {
            return bits[1] <= bits[2] ? 1 : 2;
        }
        return bits[0] <= bits[2] ? 0 : 2;
    }

    private static int width(long value) {
        return 64 - Long.numberOfLeadingZeros(ChunkOutput.zigzag(value));
    }
}
