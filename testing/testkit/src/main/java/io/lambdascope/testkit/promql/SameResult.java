package io.lambdascope.testkit.promql;

import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.result.PromResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether two answers to one query are the same: series, moments, kinds and annotations exactly, numbers up to the
/// rounding that another order of additions brings.
public final class SameResult {
    private static final double EPSILON = 1e-9;

    private SameResult() {}

    /// `expected … got …`, or nothing if they are the same.
    ///
    /// @param ordered whether the order of an instant vector counts: only a sorting function gives it one
    public static Optional<String> difference(PromResult expected, PromResult actual, boolean ordered) {
        if (!expected.annotations().equals(actual.annotations())) {
            return Optional.of(
                    "expected annotations %s got %s".formatted(expected.annotations(), actual.annotations()));
        }
        boolean same = switch (expected) {
            case PromResult.Scalar scalar ->
                actual instanceof PromResult.Scalar other && close(scalar.value(), other.value());
            case PromResult.Text text ->
                actual instanceof PromResult.Text other && text.value().equals(other.value());
            case PromResult.Vector vector ->
                actual instanceof PromResult.Vector other
                        && sameSeries(series(vector, ordered), series(other, ordered));
            case PromResult.Matrix matrix ->
                actual instanceof PromResult.Matrix other && sameSeries(matrix.series(), other.series());
        };
        return same
                ? Optional.empty()
                : Optional.of("expected %s got %s".formatted(ResultText.of(expected), ResultText.of(actual)));
    }

    private static List<PromResult.Series> series(PromResult.Vector vector, boolean ordered) {
        List<PromResult.Series> series = new ArrayList<>();
        for (PromResult.Sample sample : vector.samples()) {
            @Nullable NativeHistogram[] histograms = {sample.histogram()};
            series.add(new PromResult.Series(
                    sample.labels(), new long[] {sample.timestampMillis()}, new double[] {sample.value()}, histograms));
        }
        if (!ordered) {
            series.sort(Comparator.comparing(PromResult.Series::labels));
        }
        return series;
    }

    private static boolean sameSeries(List<PromResult.Series> expected, List<PromResult.Series> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            PromResult.Series left = expected.get(i);
            PromResult.Series right = actual.get(i);
            if (!left.labels().equals(right.labels()) || !Arrays.equals(left.timestamps(), right.timestamps())) {
                return false;
            }
            for (int point = 0; point < left.size(); point++) {
                if (!samePoint(left, right, point)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean samePoint(PromResult.Series left, PromResult.Series right, int point) {
        NativeHistogram expected = left.histogram(point);
        NativeHistogram actual = right.histogram(point);
        if (expected == null || actual == null) {
            return expected == null && actual == null && close(left.values()[point], right.values()[point]);
        }
        return AlmostEqual.histograms(expected, actual) && expected.resetHint() == actual.resetHint();
    }

    private static boolean close(double a, double b) {
        return Double.compare(a, b) == 0
                || Math.abs(a - b) <= EPSILON * Math.max(Math.abs(a), Math.abs(b))
                || Double.isNaN(a) && Double.isNaN(b);
    }
}
