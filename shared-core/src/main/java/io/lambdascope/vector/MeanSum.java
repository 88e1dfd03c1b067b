package io.lambdascope.vector;

/// An average: the compensated sum over the count, or, once the sum would leave the range of doubles, an
/// incremental mean from there on (as Prometheus does, issue 16714).
public final class MeanSum {
    private final CompensatedSum state = new CompensatedSum();
    private long count;
    private boolean incremental;

    public void add(double value) {
        count++;
        if (count == 1) {
            state.reset(value, 0);
            return;
        }
        if (!incremental) {
            double next = state.sum() + value;
            if (!Double.isInfinite(next)) {
                state.add(value);
                return;
            }
            incremental = true;
            state.reset(state.sum() / (count - 1), state.compensation() / (count - 1));
        }
        state.scale((double) (count - 1) / count);
        state.add(value / count);
    }

    public long count() {
        return count;
    }

    public double mean() {
        return incremental ? state.total() : state.sum() / count + state.compensation() / count;
    }
}
