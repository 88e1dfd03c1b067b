package io.lambdascope.wire.otlp.metrics;

import java.util.Arrays;

/// When the data points of one resource were taken, milliseconds.
final class PointTimes {
    private long[] times = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long timeMillis) {
        if (size > 0 && times[size - 1] == timeMillis) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size++] = timeMillis;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// As few of the times as suffice, ascending: no time that was left out is followed by a gap of more than
    /// `maxGapMillis` between those kept. There are no more than points, however far apart these lie.
    long[] thinned(long maxGapMillis) {
        Arrays.sort(times, 0, size);
        long[] kept = new long[size];
        int n = 0;
        for (int i = 0; i < size; i++) {
            boolean needed = i == 0 || i == size - 1 || times[i + 1] - kept[n - 1] > maxGapMillis;
            if (needed && (n == 0 || times[i] > kept[n - 1])) {
                kept[n++] = times[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }
}
