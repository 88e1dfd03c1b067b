package io.lambdascope.benchmarks;

import java.util.List;

/// One thing that `make bench` measures. To add one, write a class and name it in [Bench].
public interface Measurement {
    /// What `make bench ONLY=…` calls it: lower case, words joined by `-`.
    String name();

    /// Measures, which may take up to a minute.
    List<Figure> measure() throws Exception;

    /// A result.
    ///
    /// @param what in words, with how it was measured if that is not obvious
    /// @param value as it is printed, with its unit
    /// @param mark what is wanted, as it is printed; empty if nothing is
    record Figure(String what, String value, String mark) {}
}
