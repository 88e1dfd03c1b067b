package io.lambdascope.wire.remoteread;

import java.util.Arrays;

/// Which buckets of one sign some histograms have, listed once for all of them.
///
/// @param spans pairs of distance and length, as [io.lambdascope.model.metrics.NativeHistogram] has them
/// @param indices of the buckets in `spans`, ascending
record BucketLayout(int[] spans, int[] indices) {
    static BucketLayout of(int[] spans) {
        int count = 0;
        for (int i = 1; i < spans.length; i += 2) {
            count += spans[i];
        }
        int[] indices = new int[count];
        int n = 0;
        int index = 0;
        for (int i = 0; i < spans.length; i += 2) {
            index += spans[i];
            for (int j = 0; j < spans[i + 1]; j++) {
                indices[n++] = index++;
            }
        }
        return new BucketLayout(spans, indices);
    }

    int size() {
        return indices.length;
    }

    /// These buckets and those of `other`.
    BucketLayout with(int[] other) {
        if (Arrays.equals(spans, other)) {
            return this;
        }
        int[] more = of(other).indices;
        int[] all = Arrays.copyOf(indices, indices.length + more.length);
        System.arraycopy(more, 0, all, indices.length, more.length);
        int[] merged = Arrays.stream(all).sorted().distinct().toArray();
        return merged.length == indices.length ? this : new BucketLayout(spansOf(merged), merged);
    }

    private static int[] spansOf(int[] indices) {
        int[] spans = new int[2 * indices.length];
        int n = 0;
        int expected = 0;
        for (int index : indices) {
            if (n > 0 && index == expected) {
                spans[n - 1]++;
            } else {
                spans[n++] = index - expected;
                spans[n++] = 1;
            }
            expected = index + 1;
        }
        return Arrays.copyOf(spans, n);
    }

    /// The populations of a histogram with buckets among these, 0 for those that it does not list.
    double[] spread(int[] itsSpans, double[] populations) {
        if (Arrays.equals(spans, itsSpans)) {
            return populations;
        }
        double[] spread = new double[indices.length];
        int at = 0;
        int[] its = of(itsSpans).indices;
        for (int i = 0; i < its.length; i++) {
            while (indices[at] != its[i]) {
                at++;
            }
            spread[at] = populations[i];
        }
        return spread;
    }
}
