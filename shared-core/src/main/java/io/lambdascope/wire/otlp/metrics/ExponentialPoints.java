package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.wire.ProtoReader;

/// Reads `ExponentialHistogramDataPoint`s: one native histogram each.
final class ExponentialPoints {
    /*
     * Both kinds have buckets whose bounds are powers of 2^(2^-scale), and call the exponent scale or schema. Bucket i
     * of OTLP begins at the i-th power, native bucket i ends there: the index shifts by one. A finer scale than native
     * histograms have is made coarser: two neighbours, 2k and 2k + 1, become one for each step.
     * (opentelemetry-specification `metrics/data-model.md`, "ExponentialHistogram"; prometheus/docs
     * `specs/native_histograms.md`.)
     */
    private static final int MIN_SCHEMA = -4;
    private static final int MAX_SCHEMA = 8;

    /// Half the width of the zero bucket where the sender names none: that of Prometheus' own clients, `2^-128`,
    /// as Prometheus writes it for OTLP.
    private static final double ZERO_THRESHOLD = 1e-128;

    private static final int NOT_THERE = -1;

    private final PointWriter out;
    private final PointExemplars exemplars;
    private final SparseBuckets positive = new SparseBuckets();
    private final SparseBuckets negative = new SparseBuckets();

    private long start;
    private long time;
    private long flags;
    private double count;
    private double sum;
    private long scale;
    private double zeroCount;
    private double zeroThreshold;
    private int positiveAt;
    private int negativeAt;

    ExponentialPoints(PointWriter out) {
        this.out = out;
        this.exemplars = new PointExemplars(out);
    }

    void read(ProtoReader in, Metric metric) {
        readFields(in);
        out.at(start, time, flags);
        if (scale < MIN_SCHEMA && !out.isStale()) {
            out.refuse(
                    "scale-too-small",
                    () -> "an exponential histogram of %s has scale %d, the least that is kept is %d"
                            .formatted(metric.quoted(), scale, MIN_SCHEMA));
            return;
        }
        if (!readBuckets(in, positiveAt, positive) || !readBuckets(in, negativeAt, negative)) {
            out.refuse(
                    "bucket-index",
                    () -> "an exponential histogram of %s has buckets beyond what 32 bits index"
                            .formatted(metric.quoted()));
            return;
        }
        int series = out.startSeries(metric.name());
        out.histogram(out.isStale() ? NativeHistogram.stale() : build(metric.delta()));
        exemplars.write(in, metric, _ -> series);
    }

    private void readFields(ProtoReader in) {
        start = 0;
        time = 0;
        flags = 0;
        count = 0;
        sum = 0;
        scale = 0;
        zeroCount = 0;
        zeroThreshold = 0;
        positiveAt = NOT_THERE;
        negativeAt = NOT_THERE;
        exemplars.clear();
        out.begin();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LENGTH -> out.labels().read(in);
                case 2 << 3 | FIXED64 -> start = in.fixed64();
                case 3 << 3 | FIXED64 -> time = in.fixed64();
                case 4 << 3 | FIXED64 -> count = NativeHistogram.population(in.fixed64());
                case 5 << 3 | FIXED64 -> sum = in.float64();
                case 6 << 3 | VARINT -> scale = in.zigzag();
                case 7 << 3 | FIXED64 -> zeroCount = NativeHistogram.population(in.fixed64());
                case 8 << 3 | LENGTH -> {
                    positiveAt = in.position();
                    in.skip(in.length());
                }
                case 9 << 3 | LENGTH -> {
                    negativeAt = in.position();
                    in.skip(in.length());
                }
                case 10 << 3 | VARINT -> flags = in.varint();
                case 11 << 3 | LENGTH -> exemplars.note(in);
                case 14 << 3 | FIXED64 -> zeroThreshold = in.float64();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    /// @return whether all that is populated can be indexed
    private boolean readBuckets(ProtoReader in, int at, SparseBuckets into) {
        into.clear();
        if (at == NOT_THERE) {
            return true;
        }
        int behind = in.position();
        in.moveTo(at);
        int outer = in.enter();
        int from = in.position();
        long offset = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == (1 << 3 | VARINT)) {
                offset = in.zigzag();
            } else {
                in.skipField(tag);
            }
        }
        in.moveTo(from);
        boolean indexed = readCounts(in, offset, into);
        in.leave(outer);
        in.moveTo(behind);
        return indexed;
    }

    private boolean readCounts(ProtoReader in, long offset, SparseBuckets into) {
        int scaleDown = (int) Math.min(Math.max(scale - MAX_SCHEMA, 0), Integer.SIZE - 1);
        boolean indexed = true;
        long index = offset;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | VARINT -> indexed &= add(in.varint(), index++, scaleDown, into);
                case 2 << 3 | LENGTH -> {
                    int outer = in.enter();
                    while (in.position() < in.end()) {
                        indexed &= add(in.varint(), index++, scaleDown, into);
                    }
                    in.leave(outer);
                }
                default -> in.skipField(tag);
            }
        }
        return indexed;
    }

    private static boolean add(long population, long index, int scaleDown, SparseBuckets into) {
        long nativeIndex = (index >> scaleDown) + 1;
        if (population != 0 && nativeIndex != (int) nativeIndex) {
            return false;
        }
        into.add(nativeIndex, NativeHistogram.population(population));
        return true;
    }

    private NativeHistogram build(boolean delta) {
        return new NativeHistogram(
                (int) Math.min(scale, MAX_SCHEMA),
                zeroThreshold > 0 && Double.isFinite(zeroThreshold) ? zeroThreshold : ZERO_THRESHOLD,
                zeroCount,
                count,
                sum,
                positive.spans(),
                positive.populations(),
                negative.spans(),
                negative.populations(),
                new double[0],
                delta ? ResetHint.GAUGE : ResetHint.UNKNOWN);
    }
}
