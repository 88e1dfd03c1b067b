package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.SeriesSamples;

/// A chunk of floats (prometheus `tsdb/docs/format/chunks.md`, "XOR chunk data", `tsdb/chunkenc/xor.go`).
final class XorChunk {
    /*
     * Two bytes for the number of samples. The first moment and float as they are, the second moment as its distance,
     * every other as the difference of its distance to the one before, in 1, 16, 20, 24 or 68 bits.
     */
    private XorChunk() {}

    /// Samples `from` to before `to`, at least one, all floats.
    static byte[] encode(SeriesSamples samples, int from, int to) {
        BitWriter out = new BitWriter();
        out.bits(to - from, 16);
        XorFloat value = new XorFloat();
        long last = samples.timestamp(from);
        out.varint(last << 1 ^ last >> 63);
        value.start(samples.value(from), out);
        long distance = 0;
        for (int i = from + 1; i < to; i++) {
            long next = samples.timestamp(i) - last;
            if (i == from + 1) {
                out.varint(next);
            } else {
                change(next - distance, out);
            }
            value.add(samples.value(i), out);
            distance = next;
            last = samples.timestamp(i);
        }
        return out.toByteArray();
    }

    private static void change(long difference, BitWriter out) {
        if (difference == 0) {
            out.bits(0, 1);
        } else if (BitWriter.fits(difference, 14)) {
            out.bits(0b10, 2);
            out.bits(difference, 14);
        } else if (BitWriter.fits(difference, 17)) {
            out.bits(0b110, 3);
            out.bits(difference, 17);
        } else if (BitWriter.fits(difference, 20)) {
            out.bits(0b1110, 4);
            out.bits(difference, 20);
        } else {
            out.bits(0b1111, 4);
            out.bits(difference, 64);
        }
    }
}
