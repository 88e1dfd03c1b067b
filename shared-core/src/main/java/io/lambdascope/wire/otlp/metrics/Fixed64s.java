package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;

import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// A repeated field of eight bytes each, packed or not: integers, or the bits of doubles.
final class Fixed64s {
    private long[] values = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    /// Reads what `tag` announces: one value, or a run of packed ones.
    void read(ProtoReader in, int tag) {
        if ((tag & 7) == FIXED64) {
            add(in.fixed64());
            return;
        }
        int outer = in.enter();
        while (in.position() < in.end()) {
            add(in.fixed64());
        }
        in.leave(outer);
    }

    private void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    double getDouble(int index) {
        return Double.longBitsToDouble(values[index]);
    }

    /// Whether these are the values.
    boolean is(long[] others) {
        return Arrays.equals(values, 0, size, others, 0, others.length);
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
