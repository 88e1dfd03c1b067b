package io.lambdascope.exec.metrics;

import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What an expression is worth at all steps of a grid.
sealed interface Value {
    /// How many samples it counts for in the budget.
    long weight();

    /// From one step to `steps` equal ones.
    Value repeat(int steps);

    /// This at `steps` steps: itself, or its first step where one is asked for, as of what is the same at every
    /// step.
    Value at(int steps);

    /// @param values one per step
    record Scalar(double[] values) implements Value {
        @Override
        public long weight() {
            return values.length;
        }

        @Override
        public Scalar repeat(int steps) {
            return new Scalar(constant(values[0], steps).values);
        }

        @Override
        public Scalar at(int steps) {
            return steps == values.length ? this : constant(values[0], steps);
        }

        static Scalar constant(double value, int steps) {
            double[] values = new double[steps];
            Arrays.fill(values, value);
            return new Scalar(values);
        }
    }

    record Text(String value) implements Value {
        @Override
        public long weight() {
            return 0;
        }

        @Override
        public Text repeat(int steps) {
            return this;
        }

        @Override
        public Text at(int steps) {
            return this;
        }
    }

    /// @param series each holds something at some step; in the order that an instant query answers in
    record Vector(List<StepSeries> series) implements Value {
        @Override
        public long weight() {
            long weight = 0;
            for (StepSeries one : series) {
                weight += one.weight();
            }
            return weight;
        }

        @Override
        public Vector at(int steps) {
            if (series.isEmpty() || series.getFirst().steps() == steps) {
                return this;
            }
            List<StepSeries> first = new ArrayList<>();
            for (StepSeries one : series) {
                if (one.has(0)) {
                    first.add(one.repeat(steps));
                }
            }
            return new Vector(first);
        }

        @Override
        public Vector repeat(int steps) {
            List<StepSeries> repeated = new ArrayList<>(series.size());
            for (StepSeries one : series) {
                repeated.add(one.repeat(steps));
            }
            return new Vector(repeated);
        }
    }
}
