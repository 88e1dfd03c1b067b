package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;
import java.util.Arrays;

/// The moments of a row's samples, milliseconds. Series of one target have the same moments, so that a block holds
/// most of these once, by Parquet's own dictionary.
final class TimesChunk {
    private final LongChunk longs = new LongChunk();
    private final ChunkOutput out = new ChunkOutput();
    private long[] steps = new long[256];

    /// Differences of first order from the most usual step, so that jitter stays in one byte: it is added once, not
    /// twice as in differences of second order.
    byte[] encode(long[] times, int count) {
        if (steps.length < count) {
            steps = new long[count];
        }
        for (int i = 1; i < count; i++) {
            steps[i - 1] = times[i] - times[i - 1];
        }
        long usual = 0;
        if (count > 1) {
            Arrays.sort(steps, 0, count - 1);
            usual = steps[(count - 1) / 2];
        }
        out.clear();
        longs.encode(times, count, 1, usual, out);
        return out.toByteArray();
    }

    static void decode(ChunkInput in, int count, long[] into) {
        LongChunk.decode(in, count, into);
        in.requireEnd();
        for (int i = 1; i < count; i++) {
            if (into[i] <= into[i - 1]) {
                throw Fault.corrupt("moments of a chunk do not ascend: %d after %d", into[i], into[i - 1]);
            }
        }
    }
}
