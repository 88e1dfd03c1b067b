package io.lambdascope.vector;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// `deriv`, `predict_linear` and `double_exponential_smoothing`.
public final class Regression {
    private Regression() {}

    /// The slope of the straight line closest to the floats, per second.
    public static double deriv(RangeWindow window) {
        return line(window, true);
    }

    /// The value of that line [RangeWindow#parameters] seconds after the step.
    public static double predictLinear(RangeWindow window) {
        return line(window, false);
    }

    private static double line(RangeWindow window, boolean slopeOnly) {
        int count = window.floatCount();
        if (count > 0) {
            window.noteIgnoredHistograms();
        }
        if (count < 2) {
            return StepSeries.ABSENT;
        }
        SampleRun run = window.run();
        int from = window.floatFrom;
        // deriv measures from the first sample: any moment near the samples keeps the sums small
        long origin = slopeOnly ? run.floatTimes[from] : window.evalMillis;
        CompensatedSum sumX = new CompensatedSum();
        CompensatedSum sumY = new CompensatedSum();
        CompensatedSum sumXY = new CompensatedSum();
        CompensatedSum sumXX = new CompensatedSum();
        double firstY = run.floats[from];
        boolean constant = true;
        for (int i = from; i < window.floatTo; i++) {
            double y = run.floats[i];
            constant &= i == from || y == firstY;
            double x = (run.floatTimes[i] - origin) / 1000.0;
            sumX.add(x);
            sumY.add(y);
            sumXY.add(x * y);
            sumXX.add(x * x);
        }
        if (constant) {
            if (Double.isInfinite(firstY)) {
                return Double.NaN;
            }
            return slopeOnly ? 0 : firstY;
        }
        double covariance = sumXY.total() - sumX.total() * sumY.total() / count;
        double variance = sumXX.total() - sumX.total() * sumX.total() / count;
        double slope = covariance / variance;
        if (slopeOnly) {
            return slope;
        }
        double intercept = sumY.total() / count - slope * sumX.total() / count;
        return slope * window.parameter + intercept;
    }

    /// Holt's linear method with the smoothing and the trend factor of [RangeWindow#parameters].
    ///
    /// @throws Fault EXECUTION if a factor is not between 0 and 1
    public static double doubleExponentialSmoothing(RangeWindow window) {
        double smoothing = window.parameter;
        double trendFactor = window.secondParameter;
        if (smoothing <= 0 || smoothing >= 1) {
            throw new Fault(
                    FaultKind.EXECUTION,
                    "invalid smoothing factor. Expected: 0 < sf < 1, got: %f".formatted(smoothing));
        }
        if (trendFactor <= 0 || trendFactor >= 1) {
            throw new Fault(
                    FaultKind.EXECUTION, "invalid trend factor. Expected: 0 < tf < 1, got: %f".formatted(trendFactor));
        }
        int count = window.floatCount();
        if (count > 0) {
            window.noteIgnoredHistograms();
        }
        if (count < 2) {
            return StepSeries.ABSENT;
        }
        double[] values = window.run().floats;
        int from = window.floatFrom;
        double before = 0;
        double level = values[from];
        double trend = values[from + 1] - values[from];
        for (int i = 1; i < count; i++) {
            if (i > 1) {
                trend = trendFactor * (level - before) + (1 - trendFactor) * trend;
            }
            double next = smoothing * values[from + i] + (1 - smoothing) * (level + trend);
            before = level;
            level = next;
        }
        return level;
    }
}
