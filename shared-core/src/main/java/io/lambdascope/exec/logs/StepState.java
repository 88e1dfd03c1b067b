package io.lambdascope.exec.logs;

import io.lambdascope.ql.logql.LogExpr.RangeOp;
import io.lambdascope.vector.CompensatedSum;
import io.lambdascope.vector.StepSeries;

/// What samples come to in a window, as a few numbers that samples can be added to and that merge with those of other
/// samples of the window. Numbers stand in columns, one element per window; those of a window without samples are all
/// 0, and the first says how many samples there were.
abstract class StepState {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int columns;

    private StepState(int columns) {
        this.columns = columns;
    }

    /// The state that `op`, which merges, needs.
    ///
    /// @param unwrapped whether samples are numbers found in lines; else each is a line, or its length
    /// @param rangeNanos length of a window
    static StepState of(RangeOp op, boolean unwrapped, long rangeNanos) {
        double seconds = rangeNanos / NANOS_PER_SECOND;
        return switch (op) {
            case COUNT_OVER_TIME, ABSENT_OVER_TIME -> new Count(1);
            case RATE -> unwrapped ? new Sum(seconds, false) : new Count(seconds);
            case BYTES_OVER_TIME, SUM_OVER_TIME -> new Sum(1, false);
            case BYTES_RATE -> new Sum(seconds, false);
            case AVG_OVER_TIME -> new Sum(1, true);
            case MIN_OVER_TIME -> new Extreme(false);
            case MAX_OVER_TIME -> new Extreme(true);
            case STDVAR_OVER_TIME -> new Variance(false);
            case STDDEV_OVER_TIME -> new Variance(true);
            case FIRST_OVER_TIME -> new Edge(false);
            case LAST_OVER_TIME -> new Edge(true);
            case RATE_COUNTER, QUANTILE_OVER_TIME -> throw new IllegalArgumentException("does not merge: " + op);
        };
    }

    /// Room for `size` windows without samples.
    final double[][] room(int size) {
        return new double[columns][size];
    }

    /// How many numbers a window has.
    final int columns() {
        return columns;
    }

    /// Adds a sample to window `at`.
    ///
    /// @param stream says which stream the sample is of, [io.lambdascope.labels.Labels#stableHash]; samples of one
    ///     stream come oldest first
    abstract void add(double[][] state, int at, long timeNanos, long stream, double value);

    /// Adds what window `from` of `other` has come to, by other samples.
    final void merge(double[][] state, int at, double[][] other, int from) {
        if (other[0][from] == 0) {
            return;
        }
        if (state[0][at] == 0) {
            for (int column = 0; column < columns; column++) {
                state[column][at] = other[column][from];
            }
            return;
        }
        mergeBoth(state, at, other, from);
    }

    /// Neither window is without samples.
    abstract void mergeBoth(double[][] state, int at, double[][] other, int from);

    /// The result, of a window with samples.
    abstract double result(double[][] state, int at);

    /// The result of window `at`, [StepSeries#ABSENT] if it has no samples.
    final double value(double[][] state, int at) {
        return state[0][at] == 0 ? StepSeries.ABSENT : result(state, at);
    }

    private static final class Count extends StepState {
        private final double divisor;

        Count(double divisor) {
            super(1);
            this.divisor = divisor;
        }

        @Override
        void add(double[][] state, int at, long timeNanos, long stream, double value) {
            state[0][at]++;
        }

        @Override
        void mergeBoth(double[][] state, int at, double[][] other, int from) {
            state[0][at] += other[0][from];
        }

        @Override
        double result(double[][] state, int at) {
            return state[0][at] / divisor;
        }
    }

    /// count, sum, what rounding has cut off it
    private static final class Sum extends StepState {
        private final double divisor;
        private final boolean average;

        Sum(double divisor, boolean average) {
            super(3);
            this.divisor = divisor;
            this.average = average;
        }

        @Override
        void add(double[][] state, int at, long timeNanos, long stream, double value) {
            state[0][at]++;
            addTo(state, at, value);
        }

        private static void addTo(double[][] state, int at, double value) {
            double sum = state[1][at];
            double next = sum + value;
            state[2][at] = CompensatedSum.compensationAfter(sum, state[2][at], value, next);
            state[1][at] = next;
        }

        @Override
        void mergeBoth(double[][] state, int at, double[][] other, int from) {
            state[0][at] += other[0][from];
            addTo(state, at, other[1][from]);
            state[2][at] += other[2][from];
        }

        @Override
        double result(double[][] state, int at) {
            double sum = state[1][at];
            double total = Double.isInfinite(sum) ? sum : sum + state[2][at];
            return total / (average ? state[0][at] : divisor);
        }
    }

    /// count, the largest or smallest; NaN only if there is nothing else
    private static final class Extreme extends StepState {
        private final boolean max;

        Extreme(boolean max) {
            super(2);
            this.max = max;
        }

        @Override
        void add(double[][] state, int at, long timeNanos, long stream, double value) {
            if (state[0][at]++ == 0) {
                state[1][at] = value;
            } else {
                offer(state, at, value);
            }
        }

        private void offer(double[][] state, int at, double value) {
            double extreme = state[1][at];
            if (Double.isNaN(extreme) || (max ? value > extreme : value < extreme)) {
                state[1][at] = value;
            }
        }

        @Override
        void mergeBoth(double[][] state, int at, double[][] other, int from) {
            state[0][at] += other[0][from];
            offer(state, at, other[1][from]);
        }

        @Override
        double result(double[][] state, int at) {
            return state[1][at];
        }
    }

    /// count, mean, sum of the squares of what samples differ from it (Welford 1962; merged as Chan, Golub and
    /// LeVeque 1979)
    private static final class Variance extends StepState {
        private final boolean deviation;

        Variance(boolean deviation) {
            super(3);
            this.deviation = deviation;
        }

        @Override
        void add(double[][] state, int at, long timeNanos, long stream, double value) {
            double count = ++state[0][at];
            double delta = value - state[1][at];
            state[1][at] += delta / count;
            state[2][at] += delta * (value - state[1][at]);
        }

        @Override
        void mergeBoth(double[][] state, int at, double[][] other, int from) {
            double mine = state[0][at];
            double others = other[0][from];
            double count = mine + others;
            double delta = other[1][from] - state[1][at];
            state[0][at] = count;
            state[1][at] += delta * (others / count);
            state[2][at] += other[2][from] + delta * delta * (mine * others / count);
        }

        @Override
        double result(double[][] state, int at) {
            double variance = state[2][at] / state[0][at];
            return deviation ? Math.sqrt(variance) : variance;
        }
    }

    /// count, then the first or last sample: its seconds and the nanoseconds between them, the two halves of the hash
    /// of its stream, its value. Of samples of one moment in several streams, the hash decides; of one stream, the
    /// order in which they come.
    private static final class Edge extends StepState {
        private static final long LOW_HALF = 0xffff_ffffL;

        private final boolean last;

        Edge(boolean last) {
            super(6);
            this.last = last;
        }

        @Override
        void add(double[][] state, int at, long timeNanos, long stream, double value) {
            double seconds = Math.floorDiv(timeNanos, 1_000_000_000L);
            double nanos = Math.floorMod(timeNanos, 1_000_000_000L);
            double high = stream >>> 32;
            double low = stream & LOW_HALF;
            int order = state[0][at] == 0 ? -1 : order(state, at, seconds, nanos, high, low);
            if (state[0][at]++ == 0 || (last ? order <= 0 : order > 0)) {
                set(state, at, seconds, nanos, high, low, value);
            }
        }

        private static void set(double[][] state, int at, double... numbers) {
            for (int i = 0; i < numbers.length; i++) {
                state[i + 1][at] = numbers[i];
            }
        }

        /// How the sample of window `at` compares with another one.
        private static int order(double[][] state, int at, double... other) {
            for (int i = 0; i < other.length; i++) {
                int order = Double.compare(state[i + 1][at], other[i]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        @Override
        void mergeBoth(double[][] state, int at, double[][] other, int from) {
            state[0][at] += other[0][from];
            int order = order(state, at, other[1][from], other[2][from], other[3][from], other[4][from]);
            if (last ? order < 0 : order > 0) {
                set(state, at, other[1][from], other[2][from], other[3][from], other[4][from], other[5][from]);
            }
        }

        @Override
        double result(double[][] state, int at) {
            return state[5][at];
        }
    }
}
