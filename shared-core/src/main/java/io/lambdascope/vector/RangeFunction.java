package io.lambdascope.vector;

/// A function over the samples of one series in a range. It looks at the window alone and holds no state, so that
/// every step of every series can be computed for itself.
@FunctionalInterface
public interface RangeFunction {
    /// The value for the window, which is not empty; [StepSeries#ABSENT] for none, or if the result is a histogram,
    /// which is then left in [RangeWindow#histogramResult].
    double apply(RangeWindow window);
}
