package io.lambdascope.wire.remoteread;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.wire.ProtoWriter;

/// Writes `prometheus.Histogram` with float populations (prometheus `prompb/types.proto`). Both counts are always
/// written: that they are floats says that the others are.
final class HistogramEncoder {
    private HistogramEncoder() {}

    static void write(int field, long timestampMillis, NativeHistogram histogram, ProtoWriter out) {
        int message = out.begin(field);
        out.float64(2, histogram.count());
        if (Double.doubleToRawLongBits(histogram.sum()) != 0) {
            out.float64(3, histogram.sum());
        }
        if (histogram.schema() != 0) {
            out.zigzag(4, histogram.schema());
        }
        if (histogram.zeroThreshold() != 0) {
            out.float64(5, histogram.zeroThreshold());
        }
        out.float64(7, histogram.zeroCount());
        spans(8, histogram.negativeSpans(), out);
        floats(10, histogram.negativeBuckets(), out);
        spans(11, histogram.positiveSpans(), out);
        floats(13, histogram.positiveBuckets(), out);
        if (histogram.resetHint() != NativeHistogram.ResetHint.UNKNOWN) {
            out.varint(14, histogram.resetHint().code());
        }
        if (timestampMillis != 0) {
            out.varint(15, timestampMillis);
        }
        floats(16, histogram.customValues(), out);
        out.end(message);
    }

    private static void spans(int field, int[] spans, ProtoWriter out) {
        for (int i = 0; i < spans.length; i += 2) {
            int span = out.begin(field);
            if (spans[i] != 0) {
                out.zigzag(1, spans[i]);
            }
            if (spans[i + 1] != 0) {
                out.varint(2, spans[i + 1]);
            }
            out.end(span);
        }
    }

    private static void floats(int field, double[] values, ProtoWriter out) {
        if (values.length > 0) {
            int packed = out.begin(field);
            for (double value : values) {
                out.rawFixed64(Double.doubleToRawLongBits(value));
            }
            out.end(packed);
        }
    }
}
