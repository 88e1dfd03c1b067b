package io.lambdascope.model.metrics;

import java.util.Arrays;

/// A total order over histograms, more observations last; 0 only for equal ones.
final class HistogramOrder {
    private HistogramOrder() {}

    static int compare(NativeHistogram a, NativeHistogram b) {
        int order = SampleRule.compareFloats(a.count(), b.count());
        order = order != 0 ? order : SampleRule.compareFloats(a.sum(), b.sum());
        order = order != 0 ? order : Integer.compare(a.schema(), b.schema());
        order = order != 0 ? order : SampleRule.compareFloats(a.zeroThreshold(), b.zeroThreshold());
        order = order != 0 ? order : SampleRule.compareFloats(a.zeroCount(), b.zeroCount());
        order = order != 0 ? order : Arrays.compare(a.positiveSpans(), b.positiveSpans());
        order = order != 0 ? order : Arrays.compare(a.positiveBuckets(), b.positiveBuckets());
        order = order != 0 ? order : Arrays.compare(a.negativeSpans(), b.negativeSpans());
        order = order != 0 ? order : Arrays.compare(a.negativeBuckets(), b.negativeBuckets());
        order = order != 0 ? order : Arrays.compare(a.customValues(), b.customValues());
        return order != 0 ? order : a.resetHint().compareTo(b.resetHint());
    }
}
