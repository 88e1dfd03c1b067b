package io.lambdascope.wire.otlp.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.metrics.NativeHistogram;
import java.util.Arrays;

/// Collects the buckets of a native histogram in ascending order: only those that are populated, and the gaps between
/// them that are too small to be worth a span of their own (as prometheus/client_golang `histogram.go` has it).
final class SparseBuckets {
    private static final int SMALL_GAP = 2;

    private int[] spans = new int[8];
    private int spanParts;
    private double[] populations = new double[32];
    private int size;
    private long next;

    void clear() {
        spanParts = 0;
        size = 0;
        next = 0;
    }

    /// @param index fits into 32 bits and is not below that of the bucket before
    /// @throws Fault BAD_REQUEST if that is one too many
    void add(long index, double population) {
        if (population == 0) {
            return;
        }
        if (size > 0 && index == next - 1) {
            populations[size - 1] += population;
            return;
        }
        long gap = index - next;
        if (size == 0 || gap > SMALL_GAP) {
            beginSpan((int) gap);
        } else {
            for (long i = 0; i < gap; i++) {
                append(0);
            }
        }
        append(population);
        next = index + 1;
    }

    private void beginSpan(int offset) {
        if (spanParts == spans.length) {
            spans = Arrays.copyOf(spans, 2 * spanParts);
        }
        spans[spanParts++] = offset;
        spans[spanParts++] = 0;
    }

    private void append(double population) {
        if (size == NativeHistogram.MAX_BUCKETS) {
            throw Fault.badRequest("a histogram has more than %d buckets", NativeHistogram.MAX_BUCKETS);
        }
        if (size == populations.length) {
            populations = Arrays.copyOf(populations, 2 * size);
        }
        populations[size++] = population;
        spans[spanParts - 1]++;
    }

    int[] spans() {
        return Arrays.copyOf(spans, spanParts);
    }

    double[] populations() {
        return Arrays.copyOf(populations, size);
    }
}
