package io.lambdascope.wire.remotewrite;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// Reads `prometheus.Histogram` (prometheus `prompb/types.proto`) and `io.prometheus.write.v2.Histogram`, which has the
/// same numbers and one more field, with integer or float populations.
final class HistogramDecoder {
    private static final int[] NO_INTS = {};
    private static final double[] NO_DOUBLES = {};

    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private double count;
    private double sum;
    private ResetHint resetHint = ResetHint.UNKNOWN;
    private long timestamp;
    private long startTimestamp;
    private final Buckets positive = new Buckets();
    private final Buckets negative = new Buckets();
    private final Doubles customValues = new Doubles();

    private HistogramDecoder() {}

    static void read(ProtoReader in, MetricsBatch batch) {
        HistogramDecoder decoder = new HistogramDecoder();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            decoder.readField(in, tag);
        }
        in.leave(outer);
        batch.addSample(decoder.timestamp, decoder.build());
        batch.startedAt(decoder.startTimestamp);
    }

    private void readField(ProtoReader in, int tag) {
        switch (tag) {
            case 1 << 3 | VARINT -> count = NativeHistogram.population(in.varint());
            case 2 << 3 | FIXED64 -> count = in.float64();
            case 3 << 3 | FIXED64 -> sum = in.float64();
            case 4 << 3 | VARINT -> schema = (int) in.zigzag();
            case 5 << 3 | FIXED64 -> zeroThreshold = in.float64();
            case 6 << 3 | VARINT -> zeroCount = NativeHistogram.population(in.varint());
            case 7 << 3 | FIXED64 -> zeroCount = in.float64();
            case 8 << 3 | LENGTH -> negative.readSpan(in);
            case 9 << 3 | LENGTH, 9 << 3 | VARINT -> negative.readDeltas(in, tag);
            case 10 << 3 | LENGTH, 10 << 3 | FIXED64 -> negative.populations.read(in, tag);
            case 11 << 3 | LENGTH -> positive.readSpan(in);
            case 12 << 3 | LENGTH, 12 << 3 | VARINT -> positive.readDeltas(in, tag);
            case 13 << 3 | LENGTH, 13 << 3 | FIXED64 -> positive.populations.read(in, tag);
            case 14 << 3 | VARINT -> resetHint = ResetHint.ofCode((int) in.varint());
            case 15 << 3 | VARINT -> timestamp = in.varint();
            case 16 << 3 | LENGTH, 16 << 3 | FIXED64 -> customValues.read(in, tag);
            case 17 << 3 | VARINT -> startTimestamp = in.varint();
            default -> in.skipField(tag);
        }
    }

    private NativeHistogram build() {
        return new NativeHistogram(
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                positive.spans(),
                positive.populations.toArray(),
                negative.spans(),
                negative.populations.toArray(),
                customValues.toArray(),
                resetHint);
    }

    private static int larger(int size) {
        if (size >= NativeHistogram.MAX_BUCKETS) {
            throw Fault.badRequest(
                    "a native histogram has more than %d buckets, spans or bounds", NativeHistogram.MAX_BUCKETS);
        }
        return Math.max(8, 2 * size);
    }

    /// The buckets of one sign.
    private static final class Buckets {
        private int[] spans = NO_INTS;
        private int spanParts;
        private long lastPopulation;
        private final Doubles populations = new Doubles();

        void readSpan(ProtoReader in) {
            int outer = in.enter();
            long offset = 0;
            long length = 0;
            for (int tag = in.tag(); tag != 0; tag = in.tag()) {
                switch (tag) {
                    case 1 << 3 | VARINT -> offset = in.zigzag();
                    case 2 << 3 | VARINT -> length = in.varint();
                    default -> in.skipField(tag);
                }
            }
            in.leave(outer);
            if (offset != (int) offset || length < 0 || length > Integer.MAX_VALUE) {
                throw Fault.badRequest("a span of a native histogram has offset %d and length %d", offset, length);
            }
            if (spanParts == spans.length) {
                spans = Arrays.copyOf(spans, larger(spanParts));
            }
            spans[spanParts++] = (int) offset;
            spans[spanParts++] = (int) length;
        }

        /// Each population of an integer histogram is written as its difference to the one before.
        void readDeltas(ProtoReader in, int tag) {
            if (tag % 8 == VARINT) {
                addDelta(in.zigzag());
                return;
            }
            int outer = in.enter();
            while (in.position() < in.end()) {
                addDelta(in.zigzag());
            }
            in.leave(outer);
        }

        private void addDelta(long delta) {
            lastPopulation += delta;
            populations.add((double) lastPopulation);
        }

        int[] spans() {
            return spanParts == spans.length ? spans : Arrays.copyOf(spans, spanParts);
        }
    }

    /// Doubles that grow.
    private static final class Doubles {
        private double[] values = NO_DOUBLES;
        private int size;

        void read(ProtoReader in, int tag) {
            if (tag % 8 == FIXED64) {
                add(in.float64());
                return;
            }
            int outer = in.enter();
            while (in.position() < in.end()) {
                add(in.float64());
            }
            in.leave(outer);
        }

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, larger(size));
            }
            values[size++] = value;
        }

        double[] toArray() {
            return size == values.length ? values : Arrays.copyOf(values, size);
        }
    }
}
