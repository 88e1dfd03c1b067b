package io.lambdascope.result;

import io.lambdascope.labels.Labels;
import java.util.List;

/// The answer to a LogQL query.
public sealed interface LogsResult {
    /// A number at the moment of an instant query.
    record Scalar(long timestampMillis, double value) implements LogsResult {}

    /// The elements of an instant vector: in the order of a `sort` where there is one, else sorted by labels.
    record Vector(List<Sample> samples) implements LogsResult {
        public Vector {
            samples = List.copyOf(samples);
        }
    }

    /// Series with points, sorted by labels.
    record Matrix(List<Series> series) implements LogsResult {
        public Matrix {
            series = List.copyOf(series);
        }
    }

    /// Lines of all streams, in the order that was asked for.
    record Lines(List<Line> lines) implements LogsResult {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    record Sample(Labels labels, long timestampMillis, double value) {}

    /// Points of one series, oldest first, at least one.
    record Series(Labels labels, long[] timestampsMillis, double[] values) {}

    /// A line as the query leaves it.
    ///
    /// @param timeNanos nanoseconds since the Unix epoch
    record Line(long timeNanos, String text, LineLabels labels) {}

    /// The labels of a line as the query leaves them, by where they come from; no name stands in two of the sets. Other
    /// than elsewhere a value may be empty: a parser that was asked for a field and did not find it says so.
    ///
    /// @param stream of its stream
    /// @param metadata its structured metadata
    /// @param parsed what the query made
    record LineLabels(Labels stream, Labels metadata, Labels parsed) {
        /// All of them in one set.
        public Labels all() {
            return merge(merge(stream, metadata), parsed);
        }

        private static Labels merge(Labels a, Labels b) {
            if (a.isEmpty() || b.isEmpty()) {
                return a.isEmpty() ? b : a;
            }
            String[] pairs = new String[2 * (a.size() + b.size())];
            int i = 0;
            int j = 0;
            for (int n = 0; n < pairs.length; n += 2) {
                boolean fromA = j == b.size() || i < a.size() && a.name(i).compareTo(b.name(j)) < 0;
                pairs[n] = fromA ? a.name(i) : b.name(j);
                pairs[n + 1] = fromA ? a.value(i++) : b.value(j++);
            }
            return Labels.ofSorted(pairs);
        }
    }
}
