package io.lambdascope.testkit.promql;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.result.PromResult;
import io.lambdascope.testkit.promql.SeriesNotation.SeriesLine;
import io.lambdascope.time.StepGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds a result against what a script expects. A mismatch is a text `expected … got …`.
final class ResultComparison {
    private ResultComparison() {}

    /// @param grid the moments of the eval
    static Optional<String> compare(Expectation expected, boolean instant, StepGrid grid, PromResult result) {
        if (expected.string() != null) {
            return result instanceof PromResult.Text text && text.value().equals(expected.string())
                    ? Optional.empty()
                    : mismatch("string \"" + expected.string() + "\"", result);
        }
        if (instant && expected.scalar() != null) {
            return result instanceof PromResult.Scalar scalar && AlmostEqual.floats(expected.scalar(), scalar.value())
                    ? Optional.empty()
                    : mismatch("scalar " + expected.scalar(), result);
        }
        if (expected.series().isEmpty()
                && result instanceof PromResult.Matrix empty
                && empty.series().isEmpty()) {
            return Optional.empty();
        }
        if (instant && expected.matrixGrid() == null) {
            return result instanceof PromResult.Vector vector
                    ? vector(expected, grid.startMillis(), vector)
                    : mismatch("an instant vector", result);
        }
        StepGrid over = expected.matrixGrid() == null ? grid : expected.matrixGrid();
        return result instanceof PromResult.Matrix matrix
                ? sorted(matrix).or(() -> matrix(expected.series(), over, matrix))
                : mismatch("a range vector", result);
    }

    private static Optional<String> mismatch(String expected, PromResult result) {
        return Optional.of("expected " + expected + " got " + ResultText.of(result));
    }

    /// Whether the series of a matrix come in order of their labels, each once.
    static Optional<String> sorted(PromResult.Matrix matrix) {
        for (int i = 1; i < matrix.series().size(); i++) {
            Labels before = matrix.series().get(i - 1).labels();
            Labels after = matrix.series().get(i).labels();
            if (before.compareTo(after) >= 0) {
                return Optional.of("expected series sorted by labels got %s before %s".formatted(before, after));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> vector(Expectation expected, long atMillis, PromResult.Vector vector) {
        List<Labels> order = new ArrayList<>();
        Map<Labels, PromResult.Sample> samples = new HashMap<>();
        for (PromResult.Sample sample : vector.samples()) {
            if (sample.timestampMillis() != atMillis) {
                return Optional.of("expected timestamp %d ms got %d ms for %s"
                        .formatted(atMillis, sample.timestampMillis(), sample.labels()));
            }
            if (samples.put(sample.labels(), sample) != null) {
                return Optional.of("expected each series once got %s twice".formatted(sample.labels()));
            }
            order.add(sample.labels());
        }
        Optional<String> values = values(expected.series(), samples);
        List<Labels> wanted = expected.series().stream().map(SeriesLine::labels).toList();
        if (values.isEmpty() && expected.ordered() && !order.equals(wanted)) {
            return Optional.of("expected order %s got %s".formatted(wanted, order));
        }
        return values;
    }

    /// Compares elements whatever their order; a series of which only a gap is expected must not be there.
    static Optional<String> values(List<SeriesLine> expected, Map<Labels, PromResult.Sample> samples) {
        Map<Labels, PromResult.Sample> rest = new HashMap<>(samples);
        for (SeriesLine line : expected) {
            ScriptValue wanted = line.values().getFirst();
            PromResult.Sample sample = rest.remove(line.labels());
            boolean same = sample == null
                    ? wanted instanceof ScriptValue.Gap
                    : equal(wanted, sample.value(), sample.histogram());
            if (!same) {
                boolean withHint = wanted instanceof ScriptValue.Histogram histogram && histogram.hintGiven();
                return Optional.of("expected %s %s got %s"
                        .formatted(
                                line.labels(),
                                ResultText.of(wanted, withHint),
                                sample == null
                                        ? "nothing" + others(rest)
                                        : ResultText.of(sample.value(), sample.histogram(), withHint)));
            }
        }
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of("expected no other series got"
                        + others(rest).replace(" beside", "").replaceFirst("^,", ""));
    }

    private static String others(Map<Labels, PromResult.Sample> rest) {
        if (rest.isEmpty()) {
            return "";
        }
        PromResult.Sample first = rest.values().iterator().next();
        return " beside " + ResultText.sample(first)
                + (rest.size() == 1 ? "" : " and %d more".formatted(rest.size() - 1));
    }

    private static boolean equal(ScriptValue expected, double value, @Nullable NativeHistogram histogram) {
        return switch (expected) {
            case ScriptValue.Gap _ -> false;
            case ScriptValue.Number(double number) -> histogram == null && AlmostEqual.floats(number, value);
            case ScriptValue.Histogram(NativeHistogram wanted, boolean hintGiven) ->
                histogram != null
                        && AlmostEqual.histograms(wanted, histogram)
                        && (!hintGiven || wanted.resetHint() == histogram.resetHint());
        };
    }

    private static Optional<String> matrix(List<SeriesLine> expected, StepGrid grid, PromResult.Matrix matrix) {
        Map<Labels, PromResult.Series> rest = new HashMap<>();
        matrix.series().forEach(series -> rest.put(series.labels(), series));
        for (SeriesLine line : expected) {
            PromResult.Series series = rest.remove(line.labels());
            if (series == null) {
                return mismatch(line.labels() + " " + text(line), matrix);
            }
            Optional<String> mismatch = points(line, grid, series);
            if (mismatch.isPresent()) {
                return mismatch;
            }
        }
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of("expected no other series got "
                        + ResultText.series(rest.values().iterator().next()));
    }

    private static String text(SeriesLine line) {
        return String.join(
                " ",
                line.values().stream().map(value -> ResultText.of(value, true)).toList());
    }

    private static Optional<String> points(SeriesLine line, StepGrid grid, PromResult.Series series) {
        int point = 0;
        for (int step = 0; step < line.values().size(); step++) {
            ScriptValue wanted = line.values().get(step);
            boolean there = point < series.size() && series.timestamps()[point] == grid.atMillis(step);
            boolean same = there
                    ? equal(wanted, series.values()[point], series.histogram(point))
                    : wanted instanceof ScriptValue.Gap;
            if (!same) {
                boolean withHint = wanted instanceof ScriptValue.Histogram histogram && histogram.hintGiven();
                String got =
                        there ? ResultText.of(series.values()[point], series.histogram(point), withHint) : "nothing";
                return Optional.of("expected %s at %d ms %s got %s in %s"
                        .formatted(
                                line.labels(),
                                grid.atMillis(step),
                                ResultText.of(wanted, withHint),
                                got,
                                ResultText.series(series)));
            }
            point += there ? 1 : 0;
        }
        return point == series.size()
                ? Optional.empty()
                : Optional.of("expected no point at %d ms got %s"
                        .formatted(series.timestamps()[point], ResultText.series(series)));
    }
}
