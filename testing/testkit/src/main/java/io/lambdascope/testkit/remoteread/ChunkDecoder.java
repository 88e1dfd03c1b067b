package io.lambdascope.testkit.remoteread;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import java.util.Arrays;

/// Reads chunks as Prometheus reads them (prometheus `tsdb/chunkenc/{xor,float_histogram,histogram_meta}.go`).
public final class ChunkDecoder {
    private static final int XOR = 1;
    private static final int FLOAT_HISTOGRAM = 3;

    private ChunkDecoder() {}

    /// Appends the samples of a chunk to `into`. A histogram behind the first has the hint that nothing was reset.
    ///
    /// @param encoding as `prometheus.Chunk` numbers it
    public static void decode(int encoding, byte[] data, SeriesSamples into) {
        int count = (data[0] & 0xff) << 8 | data[1] & 0xff;
        switch (encoding) {
            case XOR -> floats(count, new BitReader(data, 16), into);
            case FLOAT_HISTOGRAM -> histograms(count, data[2] & 0xff, new BitReader(data, 24), into);
            default -> throw new IllegalArgumentException("chunk of encoding " + encoding);
        }
    }

    private static void floats(int count, BitReader in, SeriesSamples into) {
        long first = in.varint();
        long time = first >>> 1 ^ -(first & 1);
        Xor value = new Xor(in);
        into.add(time, value.last);
        long distance = 0;
        for (int i = 1; i < count; i++) {
            distance = i == 1 ? in.varint() : distance + change(in);
            time += distance;
            into.add(time, value.next());
        }
        checkEnd(in);
    }

    private static long change(BitReader in) {
        if (!in.bit()) {
            return 0;
        }
        if (!in.bit()) {
            return in.signed(14);
        }
        if (!in.bit()) {
            return in.signed(17);
        }
        return in.bit() ? in.bits(64) : in.signed(20);
    }

    private static void checkEnd(BitReader in) {
        if (!in.isAtEnd()) {
            throw new IllegalArgumentException("a chunk has bytes behind its last sample");
        }
    }

    private static void histograms(int count, int flags, BitReader in, SeriesSamples into) {
        double zeroThreshold = zeroThreshold(in);
        int schema = (int) in.number();
        int[] positive = spans(in);
        int[] negative = spans(in);
        double[] custom = schema == NativeHistogram.CUSTOM_BUCKETS ? customBounds(in) : new double[0];
        int positives = lengthOf(positive);
        Xor[] fields = new Xor[3 + positives + lengthOf(negative)];
        long time = 0;
        long distance = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                time = in.number();
                Arrays.setAll(fields, _ -> new Xor(in));
            } else {
                distance += in.number();
                time += distance;
                for (int field = 0; field < fields.length; field++) {
                    if (field == 3 && StaleMarker.isStale(fields[2].last)) {
                        break;
                    }
                    fields[field].next();
                }
            }
            double[] values =
                    Arrays.stream(fields).mapToDouble(field -> field.last).toArray();
            boolean stale = StaleMarker.isStale(values[2]);
            into.add(
                    time,
                    new NativeHistogram(
                            stale ? 0 : schema,
                            stale ? 0 : zeroThreshold,
                            values[1],
                            values[0],
                            values[2],
                            stale ? new int[0] : positive,
                            Arrays.copyOfRange(values, 3, stale ? 3 : 3 + positives),
                            stale ? new int[0] : negative,
                            stale ? new double[0] : Arrays.copyOfRange(values, 3 + positives, values.length),
                            stale ? new double[0] : custom,
                            stale ? ResetHint.UNKNOWN : hint(flags, i)));
        }
        checkEnd(in);
    }

    private static ResetHint hint(int flags, int sample) {
        if (flags >> 6 == 0b11) {
            return ResetHint.GAUGE;
        }
        if (sample > 0) {
            return ResetHint.NOT_RESET;
        }
        return flags >> 6 == 0b10 ? ResetHint.RESET : ResetHint.UNKNOWN;
    }

    private static double zeroThreshold(BitReader in) {
        int code = (int) in.bits(8);
        return switch (code) {
            case 0 -> 0;
            case 255 -> in.float64();
            default -> Math.scalb(0.5, code - 243);
        };
    }

    private static int[] spans(BitReader in) {
        int[] spans = new int[2 * (int) in.unsignedNumber()];
        for (int i = 0; i < spans.length; i += 2) {
            spans[i + 1] = (int) in.unsignedNumber();
            spans[i] = (int) in.number();
        }
        return spans;
    }

    private static int lengthOf(int[] spans) {
        int length = 0;
        for (int i = 1; i < spans.length; i += 2) {
            length += spans[i];
        }
        return length;
    }

    private static double[] customBounds(BitReader in) {
        double[] bounds = new double[(int) in.unsignedNumber()];
        for (int i = 0; i < bounds.length; i++) {
            long thousandths = in.unsignedNumber();
            bounds[i] = thousandths == 0 ? in.float64() : (thousandths - 1) / 1000.0;
        }
        return bounds;
    }

    /// One sequence of floats.
    private static final class Xor {
        private final BitReader in;
        private double last;
        private int leading;
        private int trailing;

        Xor(BitReader in) {
            this.in = in;
            this.last = in.float64();
        }

        double next() {
            if (!in.bit()) {
                return last;
            }
            if (in.bit()) {
                leading = (int) in.bits(5);
                int length = (int) in.bits(6);
                trailing = 64 - leading - (length == 0 ? 64 : length);
            }
            long difference = in.bits(64 - leading - trailing) << trailing;
            last = Double.longBitsToDouble(Double.doubleToRawLongBits(last) ^ difference);
            return last;
        }
    }
}
