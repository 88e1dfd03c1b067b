package io.lambdascope.vector.histogram;

import java.util.Arrays;

/// Populations of buckets by index, ascending, only those that are listed; one sign of a histogram.
final class Buckets {
    static final Buckets NONE = new Buckets(0, new int[0], new double[0]);

    final int size;
    final int[] indices;
    final double[] counts;

    Buckets(int size, int[] indices, double[] counts) {
        this.size = size;
        this.indices = indices;
        this.counts = counts;
    }

    /// @param spans pairs of distance and length
    static Buckets of(int[] spans, double[] populations) {
        if (populations.length == 0) {
            return NONE;
        }
        int[] indices = new int[populations.length];
        int n = 0;
        int index = 0;
        for (int i = 0; i < spans.length; i += 2) {
            index += spans[i];
            for (int j = 0; j < spans[i + 1]; j++) {
                indices[n++] = index++;
            }
        }
        return new Buckets(n, indices, populations);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The population of bucket `index`, 0 if it is not listed.
    double at(int index) {
        int position = Arrays.binarySearch(indices, 0, size, index);
        return position < 0 ? 0 : counts[position];
    }

    double total() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    Buckets scaled(double factor) {
        double[] scaled = new double[size];
        for (int i = 0; i < size; i++) {
            scaled[i] = counts[i] * factor;
        }
        return new Buckets(size, indices, scaled);
    }

    Buckets dividedBy(double divisor) {
        double[] divided = new double[size];
        for (int i = 0; i < size; i++) {
            divided[i] = counts[i] / divisor;
        }
        return new Buckets(size, indices, divided);
    }

    /// These and `sign` times `other`, bucket by bucket.
    Buckets plus(Buckets other, double sign) {
        if (other.size == 0) {
            return this;
        }
        int[] merged = new int[size + other.size];
        double[] sums = new double[merged.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            if (j == other.size || i < size && indices[i] < other.indices[j]) {
                merged[n] = indices[i];
                sums[n++] = counts[i++];
            } else if (i == size || indices[i] > other.indices[j]) {
                merged[n] = other.indices[j];
                sums[n++] = sign * other.counts[j++];
            } else {
                merged[n] = indices[i];
                sums[n++] = counts[i++] + sign * other.counts[j++];
            }
        }
        return new Buckets(n, merged, sums);
    }

    /// These at a resolution lower by `by` steps: bucket `i` falls into bucket `ceil(i / 2^by)`.
    Buckets reduced(int by) {
        if (by == 0 || size == 0) {
            return this;
        }
        int[] merged = new int[size];
        double[] sums = new double[size];
        int n = 0;
        for (int i = 0; i < size; i++) {
            int index = ((indices[i] - 1) >> by) + 1;
            if (n > 0 && merged[n - 1] == index) {
                sums[n - 1] += counts[i];
            } else {
                merged[n] = index;
                sums[n++] = counts[i];
            }
        }
        return new Buckets(n, merged, sums);
    }

    /// These without the buckets up to `index`.
    Buckets above(int index) {
        int from = 0;
        while (from < size && indices[from] <= index) {
            from++;
        }
        return from == 0
                ? this
                : new Buckets(
                        size - from, Arrays.copyOfRange(indices, from, size), Arrays.copyOfRange(counts, from, size));
    }

    /// These without empty buckets.
    Buckets compacted() {
        int populated = 0;
        for (int i = 0; i < size; i++) {
            populated += counts[i] != 0 ? 1 : 0;
        }
        if (populated == size) {
            return this;
        }
        int[] kept = new int[populated];
        double[] keptCounts = new double[populated];
        int n = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] != 0) {
                kept[n] = indices[i];
                keptCounts[n++] = counts[i];
            }
        }
        return new Buckets(n, kept, keptCounts);
    }

    int[] spans() {
        int[] spans = new int[2 * size];
        int n = 0;
        int expected = 0;
        for (int i = 0; i < size; i++) {
            if (n > 0 && indices[i] == expected) {
                spans[n - 1]++;
            } else {
                spans[n++] = indices[i] - expected;
                spans[n++] = 1;
            }
            expected = indices[i] + 1;
        }
        return Arrays.copyOf(spans, n);
    }

    double[] populations() {
        return counts.length == size ? counts : Arrays.copyOf(counts, size);
    }

    boolean sameAs(Buckets other) {
        if (size != other.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (indices[i] != other.indices[i]
                    || Double.doubleToRawLongBits(counts[i]) != Double.doubleToRawLongBits(other.counts[i])) {
                return false;
            }
        }
        return true;
    }
}
