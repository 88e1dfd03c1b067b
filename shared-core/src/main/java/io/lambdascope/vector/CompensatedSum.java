package io.lambdascope.vector;

/// A running sum that keeps what rounding has cut off (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen", 1974).
public final class CompensatedSum {
    private double sum;
    private double compensation;

    public CompensatedSum() {}

    /// Goes on from a sum and its compensation.
    public CompensatedSum(double sum, double compensation) {
        this.sum = sum;
        this.compensation = compensation;
    }

    public void add(double value) {
        double next = sum + value;
        compensation = compensationAfter(sum, compensation, value, next);
        sum = next;
    }

    /// What the compensation becomes when `value` is added to `sum`, giving `next`.
    public static double compensationAfter(double sum, double compensation, double value, double next) {
        if (Double.isInfinite(next)) {
            return 0;
        }
        return Math.abs(sum) >= Math.abs(value)
                ? compensation + ((sum - next) + value)
                : compensation + ((value - next) + sum);
    }

    /// The sum without its compensation.
    public double sum() {
        return sum;
    }

    public double compensation() {
        return compensation;
    }

    public double total() {
        return sum + compensation;
    }

    public void scale(double factor) {
        sum *= factor;
        compensation *= factor;
    }

    public void reset(double newSum, double newCompensation) {
        sum = newSum;
        compensation = newCompensation;
    }
}
