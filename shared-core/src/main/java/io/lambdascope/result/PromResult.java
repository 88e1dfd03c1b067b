package io.lambdascope.result;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a PromQL query.
public sealed interface PromResult {
    /// Each message once.
    List<Annotation> annotations();

    /// A number at the moment of an instant query.
    record Scalar(long timestampMillis, double value, List<Annotation> annotations) implements PromResult {}

    /// A string at the moment of an instant query.
    record Text(long timestampMillis, String value, List<Annotation> annotations) implements PromResult {}

    /// The elements of an instant vector, in the order of a `sort` where there is one.
    record Vector(List<Sample> samples, List<Annotation> annotations) implements PromResult {}

    /// Series with points, sorted by labels: the answer to a range query, or to an instant query for a range
    /// vector.
    record Matrix(List<Series> series, List<Annotation> annotations) implements PromResult {}

    /// @param histogram null if the sample is a float
    record Sample(
            Labels labels,
            long timestampMillis,
            double value,
            @Nullable NativeHistogram histogram) {}

    /// Points of one series, oldest first, at least one.
    ///
    /// @param values the floats; without meaning where there is a histogram
    /// @param histograms null if every point is a float, else null where the point is a float
    record Series(
            Labels labels,
            long[] timestamps,
            double[] values,
            @Nullable NativeHistogram @Nullable [] histograms) {
        public int size() {
            return timestamps.length;
        }

        /// The histogram at `index`, or null if that point is a float.
        public @Nullable NativeHistogram histogram(int index) {
            return histograms == null ? null : histograms[index];
        }
    }
}
