package io.lambdascope.vector;

import java.util.Arrays;

/// A histogram of cumulative buckets at one moment, as `…_bucket{le="…"}` series hold it (prometheus
/// `promql/quantile.go`).
public final class ClassicHistogram {
    /// Relative differences below this come from rounding and are no real decrease.
    private static final double TOLERANCE = 1e-12;

    private int size;
    private double[] bounds = new double[16];
    private double[] counts = new double[16];
    private boolean ready;

    private boolean forced;
    private double forcedFrom;
    private double forcedTo;
    private double forcedDiff;

    public void clear() {
        size = 0;
        ready = false;
        forced = false;
    }

    /// Adds a bucket in any order.
    public void add(double upperBound, double cumulativeCount) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        bounds[size] = upperBound;
        counts[size++] = cumulativeCount;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Whether counts fell from one bucket to the next and had to be lifted.
    public boolean isForced() {
        return forced;
    }

    /// The lowest and the highest bound of lifted buckets, and by how much the worst had fallen.
    public double forcedFrom() {
        return forcedFrom;
    }

    public double forcedTo() {
        return forcedTo;
    }

    public double forcedDiff() {
        return forcedDiff;
    }

    /// Sorts by bound, joins buckets with one bound, lifts what falls.
    private void prepare() {
        if (ready) {
            return;
        }
        ready = true;
        sort();
        join();
        makeMonotonic();
    }

    private void sort() {
        for (int i = 1; i < size; i++) {
            double bound = bounds[i];
            double count = counts[i];
            int j = i - 1;
            for (; j >= 0 && bounds[j] > bound; j--) {
                bounds[j + 1] = bounds[j];
                counts[j + 1] = counts[j];
            }
            bounds[j + 1] = bound;
            counts[j + 1] = count;
        }
    }

    private void join() {
        int n = 0;
        for (int i = 0; i < size; i++) {
            if (n > 0 && bounds[n - 1] == bounds[i]) {
                counts[n - 1] += counts[i];
            } else {
                bounds[n] = bounds[i];
                counts[n++] = counts[i];
            }
        }
        size = n;
    }

    private void makeMonotonic() {
        double highest = size == 0 ? 0 : counts[0];
        for (int i = 1; i < size; i++) {
            double count = counts[i];
            if (count == highest) {
                continue;
            }
            if (isAlmostEqual(count, highest)) {
                counts[i] = highest;
            } else if (count < highest) {
                noteForced(bounds[i], highest - count);
                counts[i] = highest;
            } else {
                highest = count;
            }
        }
    }

    private void noteForced(double bound, double diff) {
        forcedFrom = forced ? Math.min(forcedFrom, bound) : bound;
        forcedTo = forced ? Math.max(forcedTo, bound) : bound;
        forcedDiff = forced ? Math.max(forcedDiff, diff) : diff;
        forced = true;
    }

    private static boolean isAlmostEqual(double a, double b) {
        double sum = Math.abs(a) + Math.abs(b);
        double diff = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return diff < TOLERANCE * Double.MIN_NORMAL;
        }
        return diff / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }

    /// The `q`-quantile by linear interpolation inside the bucket it falls into; NaN without observations,
    /// without a bucket up to +Inf, or with that bucket alone.
    public double quantile(double q) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        prepare();
        if (size < 2 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        double observations = counts[size - 1];
        if (observations == 0 || Double.isNaN(observations)) {
            return Double.NaN;
        }
        double rank = q * observations;
        int bucket = 0;
        while (bucket < size - 1 && !(counts[bucket] >= rank)) {
            bucket++;
        }
        if (bucket == size - 1) {
            return bounds[size - 2];
        }
        if (bucket == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double start = bucket == 0 ? 0 : bounds[bucket - 1];
        double below = bucket == 0 ? 0 : counts[bucket - 1];
        return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
    }

    /// The share of observations between `from` and `to`; NaN without observations or without a bucket up to +Inf.
    public double fraction(double from, double to) {
        prepare();
        if (size < 2 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        double observations = counts[size - 1];
        if (observations == 0 || Double.isNaN(observations) || Double.isNaN(from) || Double.isNaN(to)) {
            return Double.NaN;
        }
        if (from >= to) {
            return 0;
        }
        return (rankOf(to, observations) - rankOf(from, observations)) / observations;
    }

    private double rankOf(double value, double observations) {
        double below = 0;
        for (int i = 0; i < size; i++) {
            double lower = i == 0 ? (bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY) : bounds[i - 1];
            double upper = bounds[i];
            if (lower >= value) {
                return below;
            }
            if (upper > value) {
                if (upper == Double.POSITIVE_INFINITY) {
                    return below;
                }
                double share = lower == Double.NEGATIVE_INFINITY ? 1 : (value - lower) / (upper - lower);
                return below + (counts[i] - below) * share;
            }
            below = counts[i];
        }
        return observations;
    }
}
