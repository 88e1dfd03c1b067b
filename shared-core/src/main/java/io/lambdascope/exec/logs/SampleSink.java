package io.lambdascope.exec.logs;

import io.lambdascope.labels.Labels;

/// Takes the samples of a range aggregation, each in the windows that were located last; those of a stream one behind
/// the
/// other, oldest first.
interface SampleSink {
    /// @param series which labels the sample is known by
    /// @param stream a number that stands for the stream it is of, [Labels#stableHash]
    void add(Labels series, long stream, long timeNanos, double value);
}
