package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.Arrays;
import java.util.Objects;

/// A chunk of native histograms with float populations (prometheus `tsdb/docs/format/chunks.md`, "Float histogram chunk
/// data", `tsdb/chunkenc/{float_histogram,histogram_meta}.go`).
final class FloatHistogramChunk {
    /*
     * Two bytes for the number of samples, one of flags, then once the layout: zero threshold, schema, which buckets.
     * Count, zero count, sum and each bucket are a sequence of floats of its own; a stale marker is a sum alone.
     */
    private static final int RESET = 0b1000_0000;
    private static final int GAUGE = 0b1100_0000;

    private static final double MOST_THOUSANDTHS = 33_554_430;

    private FloatHistogramChunk() {}

    static byte[] encode(SeriesSamples samples, HistogramRun run) {
        BitWriter out = new BitWriter();
        out.bits(run.to() - run.from(), 16);
        NativeHistogram first = at(samples, run.from());
        out.bits(flags(first), 8);
        layout(first, run, out);
        fields(samples, run, out);
        return out.toByteArray();
    }

    private static int flags(NativeHistogram first) {
        return switch (first.resetHint()) {
            case GAUGE -> GAUGE;
            case RESET -> RESET;
            case UNKNOWN, NOT_RESET -> 0;
        };
    }

    private static NativeHistogram at(SeriesSamples samples, int index) {
        return Objects.requireNonNull(samples.histogram(index));
    }

    private static void layout(NativeHistogram first, HistogramRun run, BitWriter out) {
        boolean stale = first.isStale();
        zeroThreshold(stale ? 0 : first.zeroThreshold(), out);
        out.number(stale ? 0 : first.schema());
        spans(run.positive().spans(), out);
        spans(run.negative().spans(), out);
        if (!stale && first.schema() == NativeHistogram.CUSTOM_BUCKETS) {
            out.unsignedNumber(first.customValues().length);
            for (double bound : first.customValues()) {
                customBound(bound, out);
            }
        }
    }

    /// One byte for 0 and for powers of two from 2^-243 to 2^10; 255 before any other.
    private static void zeroThreshold(double threshold, BitWriter out) {
        int power = Math.getExponent(threshold);
        if (threshold == 0) {
            out.bits(0, 8);
        } else if (power >= -243 && power <= 10 && threshold == Math.scalb(1.0, power)) {
            out.bits(power + 244, 8);
        } else {
            out.bits(255, 8);
            out.float64(threshold);
        }
    }

    private static void spans(int[] spans, BitWriter out) {
        out.unsignedNumber(spans.length / 2);
        for (int i = 0; i < spans.length; i += 2) {
            out.unsignedNumber(spans[i + 1]);
            out.number(spans[i]);
        }
    }

    /// Whole thousandths up to a limit as one more than their number, anything else as a float behind a 0.
    private static void customBound(double bound, BitWriter out) {
        double thousandths = bound * 1000;
        long whole = Math.round(thousandths);
        if (thousandths >= 0 && thousandths <= MOST_THOUSANDTHS && whole / 1000.0 == bound) {
            out.unsignedNumber(whole + 1);
        } else {
            out.bits(0, 1);
            out.float64(bound);
        }
    }

    private static void fields(SeriesSamples samples, HistogramRun run, BitWriter out) {
        XorFloat[] fields =
                new XorFloat[3 + run.positive().size() + run.negative().size()];
        Arrays.setAll(fields, _ -> new XorFloat());
        long last = 0;
        long distance = 0;
        for (int i = run.from(); i < run.to(); i++) {
            boolean first = i == run.from();
            long time = samples.timestamp(i);
            long next = first ? 0 : time - last;
            out.number(first ? time : next - distance);
            distance = next;
            last = time;
            double[] values = values(at(samples, i), run);
            for (int field = 0; field < values.length; field++) {
                if (first) {
                    fields[field].start(values[field], out);
                } else {
                    fields[field].add(values[field], out);
                }
            }
        }
    }

    private static double[] values(NativeHistogram histogram, HistogramRun run) {
        if (histogram.isStale()) {
            return new double[] {0, 0, histogram.sum()};
        }
        double[] up = run.positive().spread(histogram.positiveSpans(), histogram.positiveBuckets());
        double[] down = run.negative().spread(histogram.negativeSpans(), histogram.negativeBuckets());
        double[] values = new double[3 + up.length + down.length];
        values[0] = histogram.count();
        values[1] = histogram.zeroCount();
        values[2] = histogram.sum();
        System.arraycopy(up, 0, values, 3, up.length);
        System.arraycopy(down, 0, values, 3 + up.length, down.length);
        return values;
    }
}
