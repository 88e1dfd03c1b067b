package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;
import java.util.Arrays;

/// Floats, exact to the bit.
final class FloatChunk {
    /*
     *   byte   kind
     *     0 CONSTANT   8 bytes: the bits of all values
     *     1 DECIMAL    byte: scale, 0 to 18; the values times 10^scale as a [LongChunk]; then values that no such
     *                  integer yields: their count, and of each the distance from the one before and its bits
     *     2 BITS       the bits of the values as a [LongChunk]
     *
     * Most floats were printed with a few decimals, and value = integer / 10^scale is then exact, since both are
     * exact doubles (below 2^53 and up to 10^22) and division rounds correctly: the nearest double to a decimal
     * number is what its parser gave (Afroozeh, Kuffo, Boncz, "ALP: Adaptive Lossless floating-Point Compression",
     * SIGMOD 2023, by multiplication). Stale markers, NaN, infinities, -0 and stray long fractions are exceptions
     * that leave the rest of the chunk alone.
     */
    static final int CONSTANT = 0;
    static final int DECIMAL = 1;
    static final int BITS = 2;

    static final int MAX_SCALE = 18;
    /// Integers up to here are doubles, and so is every difference of two of them a long.
    private static final double MAX_INTEGER = 1L << 53;

    private static final int EXCEPTION_BYTES = 9;
    /// A decimal digit more for every value costs this many bytes each, log2(10) / 8.
    private static final double DIGIT_BYTES = 0.415;

    private static final int NO_SCALE = MAX_SCALE + 1;
    private static final double[] POWERS = new double[MAX_SCALE + 1];

    static {
        double power = 1;
        for (int i = 0; i <= MAX_SCALE; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private final LongChunk longs = new LongChunk();
    private long[] integers = new long[256];
    private final int[] needing = new int[NO_SCALE + 1];
    private int exceptions;
    private int[] exceptionAt = new int[16];

    /// Encodes `values[from, from + count)`; at least one.
    void encode(double[] values, int from, int count, ChunkOutput out) {
        if (isConstant(values, from, count)) {
            out.writeByte(CONSTANT);
            out.writeLong(Double.doubleToRawLongBits(values[from]));
            return;
        }
        if (integers.length < count) {
            integers = new long[count];
        }
        int scale = chooseScale(values, from, count);
        if (scale == NO_SCALE) {
            for (int i = 0; i < count; i++) {
                integers[i] = Double.doubleToRawLongBits(values[from + i]);
            }
            out.writeByte(BITS);
            longs.encode(integers, count, 1, 0, out);
            return;
        }
        scaleAll(values, from, count, scale);
        out.writeByte(DECIMAL);
        out.writeByte(scale);
        longs.encode(integers, count, LongChunk.bestOrder(integers, count), 0, out);
        out.writeUnsigned(exceptions);
        int before = 0;
        for (int i = 0; i < exceptions; i++) {
            out.writeUnsigned(exceptionAt[i] - before);
            out.writeLong(Double.doubleToRawLongBits(values[from + exceptionAt[i]]));
            before = exceptionAt[i];
        }
    }

    private static boolean isConstant(double[] values, int from, int count) {
        long bits = Double.doubleToRawLongBits(values[from]);
        for (int i = 1; i < count; i++) {
            if (Double.doubleToRawLongBits(values[from + i]) != bits) {
                return false;
            }
        }
        return true;
    }

    /// The scale that costs the fewest bytes, exceptions counted; or [#NO_SCALE] if the bits cost less.
    private int chooseScale(double[] values, int from, int count) {
        Arrays.fill(needing, 0);
        int hint = 0;
        for (int i = from; i < from + count; i++) {
            hint = scaleOf(values[i], hint);
            needing[hint]++;
            if (hint == NO_SCALE) {
                if (needing[NO_SCALE] > count / 8 + 4) {
                    return NO_SCALE;
                }
                hint = 0;
            }
        }
        int above = count;
        int best = NO_SCALE;
        double bestBytes = Double.MAX_VALUE;
        for (int scale = 0; scale <= MAX_SCALE; scale++) {
            above -= needing[scale];
            double bytes = (double) EXCEPTION_BYTES * above + DIGIT_BYTES * scale * count;
            if (bytes < bestBytes) {
                best = scale;
                bestBytes = bytes;
            }
        }
        return best;
    }

    /// The least scale that makes an integer of `value`; that of the value before is tried first.
    private static int scaleOf(double value, int hint) {
        if (isExact(value, hint)) {
            while (hint > 0 && isExact(value, hint - 1)) {
                hint--;
            }
            return hint;
        }
        for (int scale = hint + 1; scale <= MAX_SCALE; scale++) {
            if (isExact(value, scale)) {
                return scale;
            }
        }
        for (int scale = 0; scale < hint; scale++) {
            if (isExact(value, scale)) {
                return scale;
            }
        }
        return NO_SCALE;
    }

    private static boolean isExact(double value, int scale) {
        double scaled = Math.rint(value * POWERS[scale]);
        return Math.abs(scaled) <= MAX_INTEGER && same((long) scaled / POWERS[scale], value);
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private void scaleAll(double[] values, int from, int count, int scale) {
        exceptions = 0;
        double power = POWERS[scale];
        long before = 0;
        for (int i = 0; i < count; i++) {
            double value = values[from + i];
            double scaled = Math.rint(value * power);
            if (Math.abs(scaled) <= MAX_INTEGER && same((long) scaled / power, value)) {
                before = (long) scaled;
            } else {
                if (exceptions == exceptionAt.length) {
                    exceptionAt = Arrays.copyOf(exceptionAt, 2 * exceptions);
                }
                exceptionAt[exceptions++] = i;
            }
            integers[i] = before;
        }
    }

    /// Decodes `count` values, at least one, into `into` from `at` on.
    ///
    /// @param scratch at least `count` long
    static void decode(ChunkInput in, int count, double[] into, int at, long[] scratch) {
        int kind = in.readByte();
        switch (kind) {
            case CONSTANT -> Arrays.fill(into, at, at + count, Double.longBitsToDouble(in.readLong()));
            case DECIMAL -> decodeDecimal(in, count, into, at, scratch);
            case BITS -> {
                LongChunk.decode(in, count, scratch);
                for (int i = 0; i < count; i++) {
                    into[at + i] = Double.longBitsToDouble(scratch[i]);
                }
            }
            default -> throw Fault.corrupt("chunk of floats is of kind %d, known are 0 to 2", kind);
        }
    }

    private static void decodeDecimal(ChunkInput in, int count, double[] into, int at, long[] scratch) {
        int scale = in.readByte();
        if (scale > MAX_SCALE) {
            throw Fault.corrupt("chunk of floats has scale %d, the largest is %d", scale, MAX_SCALE);
        }
        LongChunk.decode(in, count, scratch);
        if (scale == 0) {
            for (int i = 0; i < count; i++) {
                into[at + i] = scratch[i];
            }
        } else {
            double power = POWERS[scale];
            for (int i = 0; i < count; i++) {
                into[at + i] = scratch[i] / power;
            }
        }
        int exceptions = in.readCount(count);
        int index = 0;
        for (int i = 0; i < exceptions; i++) {
            index += in.readCount(count - 1 - index);
            into[at + index] = Double.longBitsToDouble(in.readLong());
        }
    }
}
