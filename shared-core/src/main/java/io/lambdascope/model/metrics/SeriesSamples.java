package io.lambdascope.model.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series, oldest first, each moment once: columns that grow. A sample is a float or a native
/// histogram. Reused from series to series: [#clear] keeps the arrays, and whoever reads must be done before that.
public final class SeriesSamples {
    private static final int INITIAL = 128;

    private int size;
    private long[] timestamps = new long[INITIAL];
    private double[] values = new double[INITIAL];

    /// null as long as every sample is a float; else null where the sample is a float
    private @Nullable NativeHistogram @Nullable [] histograms;

    /// null as long as no sample has a start timestamp; else 0 where it has none
    private long @Nullable [] startTimestamps;

    /// The same samples, in memory of their own and no more of it than they need.
    public SeriesSamples copy() {
        SeriesSamples copy = new SeriesSamples();
        copy.size = size;
        copy.timestamps = Arrays.copyOf(timestamps, size);
        copy.values = Arrays.copyOf(values, size);
        copy.histograms = histograms == null ? null : Arrays.copyOf(histograms, size);
        copy.startTimestamps = startTimestamps == null ? null : Arrays.copyOf(startTimestamps, size);
        return copy;
    }

    public void clear() {
        size = 0;
        histograms = null;
        startTimestamps = null;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Appends a float.
    ///
    /// @param timestampMillis later than the last one's
    public void add(long timestampMillis, double value) {
        grow(size + 1);
        timestamps[size] = timestampMillis;
        values[size] = value;
        size++;
    }

    /// Appends a native histogram.
    ///
    /// @param timestampMillis later than the last one's
    public void add(long timestampMillis, NativeHistogram histogram) {
        grow(size + 1);
        @Nullable NativeHistogram[] into = histograms;
        if (into == null) {
            into = new NativeHistogram[timestamps.length];
            histograms = into;
        }
        timestamps[size] = timestampMillis;
        values[size] = histogram.sum();
        into[size] = histogram;
        size++;
    }

    /// Says since when the counter of the last sample added has been counting.
    ///
    /// @param startMillis milliseconds since the Unix epoch, 0 for unknown
    public void startedAt(long startMillis) {
        if (startMillis == 0 && startTimestamps == null) {
            return;
        }
        if (startTimestamps == null) {
            startTimestamps = new long[timestamps.length];
        }
        startTimestamps[size - 1] = startMillis;
    }

    /// Appends sample `index` of `other`.
    public void addFrom(SeriesSamples other, int index) {
        NativeHistogram histogram = other.histogram(index);
        if (histogram == null) {
            add(other.timestamps[index], other.values[index]);
        } else {
            add(other.timestamps[index], histogram);
        }
        startedAt(other.startMillis(index));
    }

    /// Appends all samples of `other`, whose first is later than the last one here.
    public void addAll(SeriesSamples other) {
        if (other.histograms != null || other.startTimestamps != null) {
            for (int i = 0; i < other.size; i++) {
                addFrom(other, i);
            }
            return;
        }
        reserve(other.size);
        System.arraycopy(other.timestamps, 0, timestamps, size, other.size);
        System.arraycopy(other.values, 0, values, size, other.size);
        added(other.size);
    }

    /// Room for `count` more floats, written straight into [#timestamps] and [#values] from [#size] on and then
    /// declared with [#added].
    public void reserve(int count) {
        grow(size + count);
    }

    /// Declares `count` floats that were written behind the end.
    public void added(int count) {
        size += count;
    }

    private void grow(int needed) {
        if (needed <= timestamps.length) {
            return;
        }
        int capacity = Math.max(needed, 2 * timestamps.length);
        timestamps = Arrays.copyOf(timestamps, capacity);
        values = Arrays.copyOf(values, capacity);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, capacity);
        }
        if (startTimestamps != null) {
            startTimestamps = Arrays.copyOf(startTimestamps, capacity);
        }
    }

    /// Milliseconds since the Unix epoch; only the first [#size] count. Not a copy.
    public long[] timestamps() {
        return timestamps;
    }

    /// Floats, and for histograms their sums; only the first [#size] count. Not a copy.
    public double[] values() {
        return values;
    }

    public long timestamp(int index) {
        return timestamps[index];
    }

    public double value(int index) {
        return values[index];
    }

    public boolean hasHistograms() {
        return histograms != null;
    }

    /// The histogram at `index`, or null if that sample is a float.
    public @Nullable NativeHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }

    /// Since when the counter has been counting, milliseconds, 0 for unknown.
    public long startMillis(int index) {
        return startTimestamps == null ? 0 : startTimestamps[index];
    }

    public boolean hasStartTimestamps() {
        return startTimestamps != null;
    }
}
