package io.lambdascope.vector.histogram;

import java.util.Arrays;

/// Custom bucket bounds that two histograms share.
final class CustomBounds {
    private CustomBounds() {}

    /// The bounds that stand in both, ascending.
    static double[] common(double[] a, double[] b) {
        double[] common = new double[Math.min(a.length, b.length)];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                common[n++] = a[i];
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(common, n);
    }

    /// Buckets between `from` bounds as buckets between `to` bounds, which are a part of them.
    static Buckets rebucket(Buckets buckets, double[] from, double[] to) {
        if (buckets.isEmpty()) {
            return buckets;
        }
        int[] indices = new int[buckets.size];
        double[] counts = new double[buckets.size];
        int n = 0;
        int target = 0;
        for (int i = 0; i < buckets.size; i++) {
            int index = buckets.indices[i];
            double upper = index < from.length ? from[index] : Double.POSITIVE_INFINITY;
            while (target < to.length && to[target] < upper) {
                target++;
            }
            if (n > 0 && indices[n - 1] == target) {
                counts[n - 1] += buckets.counts[i];
            } else {
                indices[n] = target;
                counts[n++] = buckets.counts[i];
            }
        }
        return new Buckets(n, indices, counts);
    }
}
