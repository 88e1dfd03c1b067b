package io.lambdascope.exec.logs;

/// `rate_counter`: the increase of a counter per second, extended to the edges of the window.
final class CounterRate {
    /*
     * As Prometheus' rate: if the first (last) sample is closer to the edge than 1.1 times the average gap between
     * samples, the counter is taken to go on up to the edge; else for half a gap. It is never extended to below zero.
     * (prometheus `promql/functions.go`, extrapolatedRate)
     */
    private static final double NANOS_PER_SECOND = 1e9;

    private CounterRate() {}

    /// @param times nanoseconds, ascending; `[from, to)` of them lie in the window
    static double of(long[] times, double[] values, int from, int to, long windowStart, long windowEnd) {
        int last = to - 1;
        if (last == from) {
            return 0;
        }
        double increase = values[last] - values[from];
        for (int i = from + 1; i <= last; i++) {
            if (values[i] < values[i - 1]) {
                increase += values[i - 1];
            }
        }
        double span = seconds(times[last] - times[from]);
        double averageGap = span / (last - from);
        double threshold = averageGap * 1.1;
        double toStart = seconds(times[from] - windowStart);
        if (toStart >= threshold) {
            toStart = averageGap / 2;
        }
        if (increase > 0 && values[from] >= 0) {
            toStart = Math.min(toStart, span * (values[from] / increase));
        }
        double toEnd = seconds(windowEnd - times[last]);
        if (toEnd >= threshold) {
            toEnd = averageGap / 2;
        }
        return increase * ((span + toStart + toEnd) / span) / seconds(windowEnd - windowStart);
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
