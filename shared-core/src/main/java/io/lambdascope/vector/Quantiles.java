package io.lambdascope.vector;

import java.util.Arrays;

/// Quantiles of plain values.
public final class Quantiles {
    private Quantiles() {}

    /// The `q`-quantile by linear interpolation between ranks; NaN counts as the smallest value. Below 0 gives
    /// -Inf, above 1 +Inf. Sorts `values`.
    public static double ofUnsorted(double q, double[] values) {
        if (values.length == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(values);
        int nans = 0;
        while (nans < values.length && Double.isNaN(values[values.length - 1 - nans])) {
            nans++;
        }
        double rank = q * (values.length - 1);
        int lower = Math.max(0, (int) Math.floor(rank));
        int upper = Math.min(values.length - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return at(values, nans, lower) * (1 - weight) + at(values, nans, upper) * weight;
    }

    /// Java sorts NaN to the end, PromQL to the beginning.
    private static double at(double[] sorted, int nans, int index) {
        return index < nans ? Double.NaN : sorted[index - nans];
    }
}
