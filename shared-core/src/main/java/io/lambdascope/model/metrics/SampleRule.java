package io.lambdascope.model.metrics;

import org.jspecify.annotations.Nullable;

/// Which of two samples of one series with one timestamp counts. Data arrives at least once and in no order, so the
/// rule
/// looks at the samples alone: any order and any grouping of merges ends with the same one, in head, block and
/// answer.
///
/// A histogram beats a float; anything beats a stale marker; of two floats the larger counts (a NaN below any
/// number); of two histograms the one with more observations. What then still differs is decided by the bits.
/// See `docs/adr/0003-one-sample-per-moment.md`.
public final class SampleRule {
    private SampleRule() {}

    /// Merges two sorted runs into `into`, which is empty.
    public static void merge(SeriesSamples a, SeriesSamples b, SeriesSamples into) {
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            int order = Long.compare(a.timestamp(i), b.timestamp(j));
            if (order < 0) {
                into.addFrom(a, i++);
            } else if (order > 0) {
                into.addFrom(b, j++);
            } else {
                if (compare(a, i, b, j) >= 0) {
                    into.addFrom(a, i);
                } else {
                    into.addFrom(b, j);
                }
                i++;
                j++;
            }
        }
        while (i < a.size()) {
            into.addFrom(a, i++);
        }
        while (j < b.size()) {
            into.addFrom(b, j++);
        }
    }

    /// Above 0 if sample `i` of `a` counts, below 0 if sample `j` of `b` does, 0 if they are the same.
    public static int compare(SeriesSamples a, int i, SeriesSamples b, int j) {
        NativeHistogram left = a.histogram(i);
        NativeHistogram right = b.histogram(j);
        int order = compare(a.value(i), left, b.value(j), right);
        return order != 0 ? order : Long.compare(a.startMillis(i), b.startMillis(j));
    }

    /// As above, for samples that do not lie in columns; `left` and `right` are null for floats.
    public static int compare(double a, @Nullable NativeHistogram left, double b, @Nullable NativeHistogram right) {
        boolean staleA = StaleMarker.isStale(a);
        boolean staleB = StaleMarker.isStale(b);
        if (staleA != staleB) {
            return staleA ? -1 : 1;
        }
        if (left != null && right != null) {
            return HistogramOrder.compare(left, right);
        }
        if (left != null || right != null) {
            return left != null ? 1 : -1;
        }
        return compareFloats(a, b);
    }

    static int compareFloats(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        boolean nanA = Double.isNaN(a);
        boolean nanB = Double.isNaN(b);
        if (nanA != nanB) {
            return nanA ? -1 : 1;
        }
        return Long.compare(Double.doubleToRawLongBits(a), Double.doubleToRawLongBits(b));
    }
}
