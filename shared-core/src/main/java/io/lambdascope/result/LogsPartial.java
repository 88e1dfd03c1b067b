package io.lambdascope.result;

import io.lambdascope.labels.Labels;
import java.util.List;

/// A piece of an answer to a LogQL query on its way to where it is merged. [LogsPartialFormat] gives the bytes.
public sealed interface LogsPartial {
    /// What reading took, as `LogsStats` counts it.
    long[] counts();

    /// Lines that a search has found.
    ///
    /// @param lines in the direction of the query
    record Lines(long[] counts, List<Found> lines) implements LogsPartial {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /// A line that was found.
    ///
    /// @param source the labels of the stream that it is stored in: no part of the answer, but of its order
    record Found(Labels source, LogsResult.Line line) {}

    /// What samples have come to, series by series.
    ///
    /// @param firstStep the number of the first step of `steps` within the query's grid
    record Steps(long[] counts, int firstStep, Partial steps) implements LogsPartial {}
}
