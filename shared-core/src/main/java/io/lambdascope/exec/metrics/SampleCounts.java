package io.lambdascope.exec.metrics;

import java.util.Arrays;
import java.util.function.Supplier;

/// Counts the samples that each step of a query looks at, as Prometheus counts queryable samples: one for a selector
/// that
/// finds one, all of a range for a function over it. Points of a subquery count as what they are, samples of the range
/// that is made of them; what lies below a subquery does not count once more.
final class SampleCounts {
    private enum Mode {
        /// Samples count for their step.
        BY_STEP,
        /// All samples count for the first step.
        AT_ONCE,
        NOT_AT_ALL
    }

    private long[] byStep = {};
    private Mode mode = Mode.BY_STEP;

    void add(int step, long samples) {
        if (mode != Mode.NOT_AT_ALL) {
            int at = mode == Mode.BY_STEP ? step : 0;
            grow(at + 1);
            byStep[at] += samples;
        }
    }

    private void grow(int steps) {
        if (steps > byStep.length) {
            byStep = Arrays.copyOf(byStep, Math.max(steps, 2 * byStep.length));
        }
    }

    /// What is worked out inside a subquery whose points are counted later.
    <T> T notAtAll(Supplier<T> work) {
        return in(Mode.NOT_AT_ALL, work);
    }

    /// What is worked out inside a subquery that is the whole query.
    <T> T atOnce(Supplier<T> work) {
        return in(mode == Mode.NOT_AT_ALL ? mode : Mode.AT_ONCE, work);
    }

    private <T> T in(Mode inner, Supplier<T> work) {
        Mode outer = mode;
        mode = inner;
        try {
            return work.get();
        } finally {
            mode = outer;
        }
    }

    /// What is worked out at one step and stands for all `steps`.
    <T> T onEveryStep(int steps, Supplier<T> work) {
        grow(1);
        long before = byStep[0];
        T result = work.get();
        long counted = byStep[0] - before;
        for (int step = 1; step < steps && counted > 0; step++) {
            add(step, counted);
        }
        return result;
    }

    /// Samples by step, as many steps as there are.
    long[] byStep(int steps) {
        return Arrays.copyOf(byStep, steps);
    }
}
