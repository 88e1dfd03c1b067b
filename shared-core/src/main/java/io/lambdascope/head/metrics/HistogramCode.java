package io.lambdascope.head.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.head.ColumnReader;
import io.lambdascope.head.ColumnWriter;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;

/// Native histograms and single doubles, field by field. Layout: `docs/formats/segment.md`.
final class HistogramCode {
    private static final double[] NO_DOUBLES = {};
    private static final int[] NO_INTS = {};

    private HistogramCode() {}

    static void write(NativeHistogram histogram, ColumnWriter out) {
        out.zigzag(histogram.schema());
        out.octet(histogram.resetHint().code());
        writeDouble(histogram.zeroThreshold(), out);
        writeDouble(histogram.zeroCount(), out);
        writeDouble(histogram.count(), out);
        writeDouble(histogram.sum(), out);
        writeSpans(histogram.positiveSpans(), out);
        writeDoubles(histogram.positiveBuckets(), out);
        writeSpans(histogram.negativeSpans(), out);
        writeDoubles(histogram.negativeBuckets(), out);
        writeDoubles(histogram.customValues(), out);
    }

    static NativeHistogram read(ColumnReader in) {
        int schema = Math.toIntExact(in.zigzag());
        ResetHint hint = ResetHint.ofCode(in.octet());
        double zeroThreshold = readDouble(in);
        double zeroCount = readDouble(in);
        double count = readDouble(in);
        double sum = readDouble(in);
        int[] positiveSpans = readSpans(in);
        double[] positiveBuckets = readDoubles(in);
        int[] negativeSpans = readSpans(in);
        double[] negativeBuckets = readDoubles(in);
        double[] customValues = readDoubles(in);
        return new NativeHistogram(
                schema,
                zeroThreshold,
                zeroCount,
                count,
                sum,
                positiveSpans,
                positiveBuckets,
                negativeSpans,
                negativeBuckets,
                customValues,
                hint);
    }

    static void writeDouble(double value, ColumnWriter out) {
        int tag = DecimalCode.tagOf(value, DecimalCode.RAW);
        out.octet(tag);
        if (tag == DecimalCode.RAW) {
            out.fixedDouble(value);
        } else {
            out.zigzag(DecimalCode.mantissa(value, tag));
        }
    }

    static double readDouble(ColumnReader in) {
        int tag = in.octet();
        if (tag > DecimalCode.MAX_TAG) {
            throw Fault.corrupt("a number of a histogram or exemplar has the tag %d", tag);
        }
        return tag == DecimalCode.RAW ? in.fixedDouble() : DecimalCode.value(in.zigzag(), tag);
    }

    private static void writeSpans(int[] spans, ColumnWriter out) {
        out.varint(spans.length);
        for (int part : spans) {
            out.zigzag(part);
        }
    }

    private static int[] readSpans(ColumnReader in) {
        int length = in.countOfBytes();
        int[] spans = length == 0 ? NO_INTS : new int[length];
        for (int i = 0; i < length; i++) {
            spans[i] = Math.toIntExact(in.zigzag());
        }
        return spans;
    }

    /// Integers as differences, one mark before them all; anything else value by value.
    private static void writeDoubles(double[] values, ColumnWriter out) {
        out.varint(values.length);
        if (values.length == 0) {
            return;
        }
        boolean integers = true;
        for (double value : values) {
            integers &= DecimalCode.tagOf(value, DecimalCode.INTEGER) == DecimalCode.INTEGER;
        }
        out.octet(integers ? 1 : 0);
        long last = 0;
        for (double value : values) {
            if (integers) {
                out.zigzag((long) value - last);
                last = (long) value;
            } else {
                writeDouble(value, out);
            }
        }
    }

    private static double[] readDoubles(ColumnReader in) {
        int length = in.countOfBytes();
        if (length == 0) {
            return NO_DOUBLES;
        }
        double[] values = new double[length];
        boolean integers = in.octet() == 1;
        long last = 0;
        for (int i = 0; i < length; i++) {
            if (integers) {
                last += in.zigzag();
                values[i] = last;
            } else {
                values[i] = readDouble(in);
            }
        }
        return values;
    }
}
