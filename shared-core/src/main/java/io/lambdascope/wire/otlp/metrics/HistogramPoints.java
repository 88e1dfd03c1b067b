package io.lambdascope.wire.otlp.metrics;

import static io.lambdascope.wire.ProtoReader.FIXED64;
import static io.lambdascope.wire.ProtoReader.LENGTH;
import static io.lambdascope.wire.ProtoReader.VARINT;

import io.lambdascope.labels.NumberText;
import io.lambdascope.model.SymbolTable;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.wire.ProtoReader;
import java.util.Arrays;

/// Reads `HistogramDataPoint`s, which list their bounds: a float for each bucket, sum and count, or one native
/// histogram
/// with custom buckets.
final class HistogramPoints {
    private final PointWriter out;
    private final PointExemplars exemplars;
    private final boolean nativeBuckets;
    private final SymbolTable symbols;
    private final int le;
    private final int inf;
    private final SparseBuckets buckets = new SparseBuckets();

    private long start;
    private long time;
    private long flags;
    private long count;
    private double sum;
    private boolean hasSum;
    private final Fixed64s counts = new Fixed64s();
    private final Fixed64s bounds = new Fixed64s();

    /// bounds that were written last, as labels
    private long[] labeledBounds = {};
    private int[] boundSymbols = {};

    HistogramPoints(PointWriter out, boolean nativeBuckets) {
        this.out = out;
        this.exemplars = new PointExemplars(out);
        this.nativeBuckets = nativeBuckets;
        this.symbols = out.batch().symbols();
        this.le = symbols.intern("le");
        this.inf = symbols.intern("+Inf");
    }

    void read(ProtoReader in, Metric metric) {
        readFields(in);
        out.at(start, time, flags);
        if (out.isStale() || counts.size() == bounds.size() + 1 || counts.size() == 0 && bounds.size() == 0) {
            if (nativeBuckets) {
                writeNative(in, metric);
            } else {
                writeFloats(in, metric);
            }
        } else {
            out.refuse(
                    "buckets-bounds-mismatch",
                    () -> "a histogram of %s has %d buckets for %d bounds"
                            .formatted(metric.quoted(), counts.size(), bounds.size()));
        }
    }

    private void readFields(ProtoReader in) {
        start = 0;
        time = 0;
        flags = 0;
        count = 0;
        sum = 0;
        hasSum = false;
        counts.clear();
        bounds.clear();
        exemplars.clear();
        out.begin();
        int outer = in.enter();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 2 << 3 | FIXED64 -> start = in.fixed64();
                case 3 << 3 | FIXED64 -> time = in.fixed64();
                case 4 << 3 | FIXED64 -> count = in.fixed64();
                case 5 << 3 | FIXED64 -> {
                    sum = in.float64();
                    hasSum = true;
                }
                case 6 << 3 | LENGTH, 6 << 3 | FIXED64 -> counts.read(in, tag);
                case 7 << 3 | LENGTH, 7 << 3 | FIXED64 -> bounds.read(in, tag);
                case 8 << 3 | LENGTH -> exemplars.note(in);
                case 9 << 3 | LENGTH -> out.labels().read(in);
                case 10 << 3 | VARINT -> flags = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
    }

    private void writeFloats(ProtoReader in, Metric metric) {
        labelBounds();
        int bucketName = metric.suffixed("_bucket", symbols);
        int firstBucket = out.batch().seriesCount();
        long below = 0;
        for (int i = 0; i < bounds.size(); i++) {
            below += out.isStale() ? 0 : counts.get(i);
            out.startSeries(bucketName, le, boundSymbols[i]);
            out.count(NativeHistogram.population(below));
        }
        out.startSeries(bucketName, le, inf);
        out.count(NativeHistogram.population(count));
        if (hasSum || out.isStale()) {
            out.startSeries(metric.suffixed("_sum", symbols));
            out.count(sum);
        }
        out.startSeries(metric.suffixed("_count", symbols));
        out.count(NativeHistogram.population(count));
        exemplars.write(in, metric, value -> firstBucket + bucketOf(value));
    }

    private void labelBounds() {
        if (!bounds.is(labeledBounds)) {
            labeledBounds = bounds.toArray();
            boundSymbols = new int[labeledBounds.length];
            for (int i = 0; i < boundSymbols.length; i++) {
                boundSymbols[i] = symbols.intern(NumberText.plain(Double.longBitsToDouble(labeledBounds[i])));
            }
        }
    }

    private int bucketOf(double value) {
        for (int i = 0; i < bounds.size(); i++) {
            if (value <= bounds.getDouble(i)) {
                return i;
            }
        }
        return bounds.size();
    }

    private void writeNative(ProtoReader in, Metric metric) {
        int series = out.startSeries(metric.name());
        out.histogram(out.isStale() ? NativeHistogram.stale() : custom(metric.delta()));
        exemplars.write(in, metric, _ -> series);
    }

    private NativeHistogram custom(boolean delta) {
        buckets.clear();
        for (int i = 0; i < counts.size(); i++) {
            buckets.add(i, NativeHistogram.population(counts.get(i)));
        }
        double[] customBounds = Arrays.stream(bounds.toArray())
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
        return new NativeHistogram(
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                NativeHistogram.population(count),
                sum,
                buckets.spans(),
                buckets.populations(),
                new int[0],
                new double[0],
                customBounds,
                delta ? ResetHint.GAUGE : ResetHint.UNKNOWN);
    }
}
