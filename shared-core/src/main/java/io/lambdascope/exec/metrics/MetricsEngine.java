package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Answers PromQL over the series that a [SeriesReader] gives. Holds settings alone and may be shared.
public final class MetricsEngine {
    private final EngineSettings settings;

    public MetricsEngine(EngineSettings settings) {
        this.settings = settings;
    }

    public EngineSettings settings() {
        return settings;
    }

    /// The answer to `query`: for an instant grid a scalar, text, vector or (for a range vector) matrix, else a
    /// matrix.
    ///
    /// @throws io.lambdascope.fault.Fault BAD_QUERY if the query makes no sense over this grid; EXECUTION if it
    ///     fails over this data; OVER_LIMIT, TIMEOUT by the budget; what the reader throws
    public PromResult evaluate(CheckedQuery query, StepGrid grid, SeriesReader reader, QueryBudget budget) {
        PromExpr expr = query.over(grid);
        Evaluation evaluation = new Evaluation(settings, grid, reader, Shard.ALL, budget);
        evaluation.reads.prepare(expr, expr, grid);
        PromResult result = new Answers(evaluation, grid).answer(expr, query.type());
        budget.countSamples(0, evaluation.samples.byStep(grid.steps()));
        return result;
    }

    /// Series that match and have a sample in `range`, in the order of their labels, at most `limit`.
    public List<Labels> series(
            List<Matcher> matchers, TimeRange range, int limit, SeriesReader reader, QueryBudget budget) {
        List<Labels> series = new ArrayList<>();
        forEachSeries(matchers, range, reader, budget, limit, series::add, series::size);
        return series;
    }

    /// Names of the labels of such series, sorted, at most `limit`.
    public SortedSet<String> labelNames(
            List<Matcher> matchers, TimeRange range, int limit, SeriesReader reader, QueryBudget budget) {
        TreeSet<String> names = new TreeSet<>();
        BiConsumer<String, String> add = (name, value) -> names.add(name);
        forEachSeries(matchers, range, reader, budget, Integer.MAX_VALUE, labels -> labels.forEach(add), names::size);
        return first(names, limit);
    }

    /// Passes on series that match with their samples in `range`, in the order of their labels.
    ///
    /// @param samples whether samples are wanted; else series come with none
    public void read(
            List<Matcher> matchers,
            TimeRange range,
            boolean samples,
            SeriesReader reader,
            QueryBudget budget,
            SeriesConsumer consumer) {
        try (MetricsCursor cursor = reader.read(new MetricsScan(matchers, range, Shard.ALL, samples))) {
            while (cursor.next()) {
                budget.checkDeadline();
                budget.chargeSeries(1);
                consumer.accept(cursor.labels(), cursor.samples());
            }
        }
    }

    private static SortedSet<String> first(NavigableSet<String> sorted, int limit) {
        while (sorted.size() > limit) {
            sorted.pollLast();
        }
        return sorted;
    }

    private static void forEachSeries(
            List<Matcher> matchers,
            TimeRange range,
            SeriesReader reader,
            QueryBudget budget,
            int limit,
            Consumer<Labels> consumer,
            IntSupplier size) {
        MetricsScan scan = new MetricsScan(matchers, range, Shard.ALL, false);
        try (MetricsCursor cursor = reader.read(scan)) {
            while (size.getAsInt() < limit && cursor.next()) {
                budget.checkDeadline();
                budget.chargeSeries(1);
                consumer.accept(cursor.labels());
            }
        }
    }
}
