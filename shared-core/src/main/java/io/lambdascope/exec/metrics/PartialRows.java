package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.PromChecker;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.Partial;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Series as rows of a partial: one column of floats and, where there are some, one of histograms.
final class PartialRows {
    private static final @Nullable NativeHistogram[][] NO_HISTOGRAMS = new NativeHistogram[0][];

    /// What becomes one series again. Series of different shards stay apart, though their labels may be the
    /// same once names are gone.
    private record Key(Labels labels, boolean dropName, int shard) {}

    private static final class Joined {
        private final double[] values;
        private @Nullable NativeHistogram @Nullable [] histograms;

        private Joined(int steps) {
            values = StepSeries.nothing(steps);
        }

        private void add(Partial.Row row, int firstStep) {
            double[] from = row.columns()[0];
            System.arraycopy(from, 0, values, firstStep, from.length);
            if (row.histograms().length > 0) {
                @Nullable NativeHistogram[] into = histograms;
                if (into == null) {
                    into = new NativeHistogram[values.length];
                    histograms = into;
                }
                System.arraycopy(row.histograms()[0], 0, into, firstStep, from.length);
            }
        }
    }

    private PartialRows() {}

    static List<Partial.Row> of(Value value) {
        List<Partial.Row> rows = new ArrayList<>();
        switch (value) {
            case Value.Scalar(double[] values) ->
                rows.add(new Partial.Row(Labels.EMPTY, false, "", new double[][] {values}, NO_HISTOGRAMS));
            case Value.Vector(List<StepSeries> series) -> {
                for (StepSeries one : series) {
                    @Nullable NativeHistogram @Nullable [] histograms = one.histograms();
                    rows.add(new Partial.Row(
                            one.labels(),
                            one.dropName(),
                            "",
                            new double[][] {one.values()},
                            histograms == null ? NO_HISTOGRAMS : new NativeHistogram[][] {histograms}));
                }
            }
            case Value.Text text -> throw new IllegalStateException("text is not sent: " + text);
        }
        return rows;
    }

    /// The series of several pieces of one part, over all steps of the query, in the order of their labels.
    static List<StepSeries> join(List<Piece> pieces, List<Partial> partials, int steps, QueryBudget budget) {
        Map<Key, Joined> byKey = new LinkedHashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            for (Partial.Row row : partials.get(i).rows()) {
                Key key = new Key(row.labels(), row.dropName(), piece.shard().index());
                byKey.computeIfAbsent(key, absent -> {
                            budget.hold(steps);
                            return new Joined(steps);
                        })
                        .add(row, piece.firstStep());
            }
        }
        List<StepSeries> series = new ArrayList<>(byKey.size());
        byKey.forEach((key, joined) ->
                series.add(new StepSeries(key.labels, key.dropName, joined.values, joined.histograms)));
        series.sort(Comparator.comparing(StepSeries::labels));
        return series;
    }

    /// What a whole query is worth over all its steps, of several pieces of it.
    static Value whole(PromExpr expr, List<Piece> pieces, List<Partial> partials, int steps, QueryBudget budget) {
        List<StepSeries> series = join(pieces, partials, steps, budget);
        return PromChecker.typeOf(expr) == PromExpr.Type.SCALAR
                ? new Value.Scalar(series.getFirst().values())
                : new Value.Vector(series);
    }

    /// The rows of a piece, which has some of the steps, as rows over all steps: with `nothing` elsewhere.
    static List<Partial.Row> spread(Piece piece, Partial partial, int steps, double nothing) {
        if (partial.steps() == steps) {
            return partial.rows();
        }
        List<Partial.Row> spread = new ArrayList<>(partial.rows().size());
        for (Partial.Row row : partial.rows()) {
            double[][] columns = new double[row.columns().length][];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = nothing == 0 ? new double[steps] : StepSeries.nothing(steps);
                System.arraycopy(row.columns()[i], 0, columns[i], piece.firstStep(), row.columns()[i].length);
            }
            @Nullable NativeHistogram[][] histograms = new NativeHistogram[row.histograms().length][];
            for (int i = 0; i < histograms.length; i++) {
                histograms[i] = new NativeHistogram[steps];
                System.arraycopy(row.histograms()[i], 0, histograms[i], piece.firstStep(), row.histograms()[i].length);
            }
            spread.add(new Partial.Row(row.labels(), row.dropName(), row.metricName(), columns, histograms));
        }
        return spread;
    }
}
