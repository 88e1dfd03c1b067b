package io.lambdascope.vector;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.vector.histogram.FloatHistogram;

/// Walks over the samples of a window in the order of time and counts pairs of neighbours.
final class Neighbours {
    /// What is counted between two neighbours of one kind. A float beside a histogram always counts.
    interface Pairs {
        boolean floats(double previous, double current);

        boolean histograms(NativeHistogram previous, NativeHistogram current);

        /// Whether start timestamps say that the counter was reset between the two.
        boolean startReset(long previousStart, long previousTime, long start, long time);
    }

    static final Pairs CHANGES = new Pairs() {
        @Override
        public boolean floats(double previous, double current) {
            return current != previous && !(Double.isNaN(current) && Double.isNaN(previous));
        }

        @Override
        public boolean histograms(NativeHistogram previous, NativeHistogram current) {
            return !FloatHistogram.of(current).sameAs(FloatHistogram.of(previous));
        }

        @Override
        public boolean startReset(long previousStart, long previousTime, long start, long time) {
            return false;
        }
    };

    static final Pairs RESETS = new Pairs() {
        @Override
        public boolean floats(double previous, double current) {
            return current < previous;
        }

        @Override
        public boolean histograms(NativeHistogram previous, NativeHistogram current) {
            return FloatHistogram.of(current).isResetAfter(FloatHistogram.of(previous));
        }

        @Override
        public boolean startReset(long previousStart, long previousTime, long start, long time) {
            return StartTimes.isReset(previousStart, previousTime, start, time);
        }
    };

    private Neighbours() {}

    static double count(RangeWindow window, Pairs pairs) {
        return count(window, window.floatFrom, window.histogramFrom, pairs);
    }

    /// Counts from the given float and histogram on.
    static double count(RangeWindow window, int floatFrom, int histogramFrom, Pairs pairs) {
        SampleRun run = window.run();
        int f = floatFrom;
        int h = histogramFrom;
        int count = 0;
        boolean first = true;
        boolean previousIsFloat = true;
        int previous = 0;
        while (f < window.floatTo || h < window.histogramTo) {
            boolean isFloat =
                    h >= window.histogramTo || f < window.floatTo && run.floatTimes[f] < run.histogramTimes[h];
            int current = isFloat ? f++ : h++;
            if (!first) {
                count += isFloat != previousIsFloat || isPair(run, isFloat, previous, current, pairs) ? 1 : 0;
            }
            first = false;
            previousIsFloat = isFloat;
            previous = current;
        }
        return count;
    }

    private static boolean isPair(SampleRun run, boolean floats, int previous, int current, Pairs pairs) {
        long[] starts = floats ? run.floatStarts : run.histogramStarts;
        if (starts != null) {
            long[] times = floats ? run.floatTimes : run.histogramTimes;
            if (pairs.startReset(starts[previous], times[previous], starts[current], times[current])) {
                return true;
            }
        }
        return floats
                ? pairs.floats(run.floats[previous], run.floats[current])
                : pairs.histograms(run.histograms[previous], run.histograms[current]);
    }
}
