package io.lambdascope.block.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.NativeHistogram;
import java.util.Arrays;

/// Native histograms, exact to the bit.
final class HistogramChunk {
    /*
     *   byte       3
     *   bytes      reset hint of each histogram
     *   runs, one behind the other until all histograms are told, each of one layout:
     *     count
     *     signed     schema
     *     8 bytes    bits of the zero threshold
     *     ints       positive spans: how many numbers, each signed
     *     ints       negative spans
     *     doubles    custom values: how many, the bits of each
     *     count      positive buckets
     *     count      negative buckets
     *     columns    count, sum, zero count, then each positive and each negative bucket as it goes with time, each a
     *                [FloatChunk]
     *
     * A bucket's population in one histogram is near the one before, not near its neighbour: so columns by time.
     */
    static final int KIND = 3;

    /// Populations in one run: what a reader has to hold at once.
    private static final int MAX_POPULATIONS = 1 << 22;
    private static final int FIXED_COLUMNS = 3;

    private final FloatChunk floats = new FloatChunk();
    private double[] column = new double[256];

    /// How many populations a histogram brings to a row: rows are cut so that readers stay within bounds.
    static int populationsOf(NativeHistogram histogram) {
        return FIXED_COLUMNS + histogram.positiveBuckets().length + histogram.negativeBuckets().length;
    }

    void encode(NativeHistogram[] histograms, int count, ChunkOutput out) {
        if (column.length < count) {
            column = new double[count];
        }
        out.writeByte(KIND);
        for (int i = 0; i < count; i++) {
            out.writeByte(histograms[i].resetHint().code());
        }
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && sameLayout(histograms[from], histograms[to])) {
                to++;
            }
            encodeRun(histograms, from, to, out);
            from = to;
        }
    }

    private static boolean sameLayout(NativeHistogram a, NativeHistogram b) {
        return a.schema() == b.schema()
                && Double.doubleToRawLongBits(a.zeroThreshold()) == Double.doubleToRawLongBits(b.zeroThreshold())
                && Arrays.equals(a.positiveSpans(), b.positiveSpans())
                && Arrays.equals(a.negativeSpans(), b.negativeSpans())
                && a.positiveBuckets().length == b.positiveBuckets().length
                && a.negativeBuckets().length == b.negativeBuckets().length
                && Arrays.equals(a.customValues(), b.customValues());
    }

    /// One population of a histogram, by the number of its column.
    private static double population(NativeHistogram histogram, int column) {
        int positive = histogram.positiveBuckets().length;
        return switch (column) {
            case 0 -> histogram.count();
            case 1 -> histogram.sum();
            case 2 -> histogram.zeroCount();
            default -> {
                int bucket = column - FIXED_COLUMNS;
                yield bucket < positive
                        ? histogram.positiveBuckets()[bucket]
                        : histogram.negativeBuckets()[bucket - positive];
            }
        };
    }

    private void encodeRun(NativeHistogram[] histograms, int from, int to, ChunkOutput out) {
        NativeHistogram layout = histograms[from];
        out.writeUnsigned(to - from);
        out.writeSigned(layout.schema());
        out.writeLong(Double.doubleToRawLongBits(layout.zeroThreshold()));
        writeInts(layout.positiveSpans(), out);
        writeInts(layout.negativeSpans(), out);
        out.writeUnsigned(layout.customValues().length);
        for (double bound : layout.customValues()) {
            out.writeLong(Double.doubleToRawLongBits(bound));
        }
        out.writeUnsigned(layout.positiveBuckets().length);
        out.writeUnsigned(layout.negativeBuckets().length);
        int columns = populationsOf(layout);
        for (int c = 0; c < columns; c++) {
            for (int i = from; i < to; i++) {
                column[i - from] = population(histograms[i], c);
            }
            floats.encode(column, 0, to - from, out);
        }
    }

    private static void writeInts(int[] values, ChunkOutput out) {
        out.writeUnsigned(values.length);
        for (int value : values) {
            out.writeSigned(value);
        }
    }

    /// Decodes what follows the kind into `into[0, count)`.
    ///
    /// @param scratch at least `count` long
    static void decode(ChunkInput in, int count, NativeHistogram[] into, long[] scratch) {
        int hints = in.take(count);
        byte[] bytes = in.bytes();
        int from = 0;
        while (from < count) {
            int length = in.readCount(count - from);
            if (length == 0) {
                throw Fault.corrupt("run of histograms is empty");
            }
            decodeRun(in, bytes, hints + from, length, into, from, scratch);
            from += length;
        }
    }

    private static void decodeRun(
            ChunkInput in, byte[] bytes, int hints, int length, NativeHistogram[] into, int from, long[] scratch) {
        int schema = (int) in.readSigned();
        double zeroThreshold = Double.longBitsToDouble(in.readLong());
        int[] positiveSpans = readInts(in);
        int[] negativeSpans = readInts(in);
        double[] customValues = new double[in.readCount(in.remaining() / 8)];
        for (int i = 0; i < customValues.length; i++) {
            customValues[i] = Double.longBitsToDouble(in.readLong());
        }
        int positive = in.readCount(in.remaining());
        int negative = in.readCount(in.remaining());
        long columns = (long) FIXED_COLUMNS + positive + negative;
        if (columns * length > Math.max(MAX_POPULATIONS, columns)) {
            throw Fault.corrupt("run of %d histograms with %d buckets is too large", length, columns);
        }
        double[][] populations = new double[(int) columns][length];
        for (double[] population : populations) {
            FloatChunk.decode(in, length, population, 0, scratch);
        }
        for (int i = 0; i < length; i++) {
            double[] positiveBuckets = new double[positive];
            double[] negativeBuckets = new double[negative];
            for (int bucket = 0; bucket < positive; bucket++) {
                positiveBuckets[bucket] = populations[FIXED_COLUMNS + bucket][i];
            }
            for (int bucket = 0; bucket < negative; bucket++) {
                negativeBuckets[bucket] = populations[FIXED_COLUMNS + positive + bucket][i];
            }
            into[from + i] = new NativeHistogram(
                    schema,
                    zeroThreshold,
                    populations[2][i],
                    populations[0][i],
                    populations[1][i],
                    positiveSpans,
                    positiveBuckets,
                    negativeSpans,
                    negativeBuckets,
                    customValues,
                    NativeHistogram.ResetHint.ofCode(bytes[hints + i]));
        }
    }

    private static int[] readInts(ChunkInput in) {
        int[] values = new int[in.readCount(in.remaining())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) in.readSigned();
        }
        return values;
    }
}
