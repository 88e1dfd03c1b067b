package io.lambdascope.exec.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.metrics.SelectorNeed;
import io.lambdascope.plan.metrics.TimeFrame;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromExpr.VectorSelector;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what the selectors of a query need. What only one selector needs goes by series by series and is not kept;
/// what several need (the same conditions, overlapping times) is read once and kept for the query.
final class SelectorReads {
    private record KeptSeries(Labels labels, SeriesSamples samples) {}

    /// One read of storage.
    private static final class Read {
        private final List<Matcher> matchers;
        private long fromMillis;
        private long lastMillis;
        private int uses;
        private @Nullable List<KeptSeries> kept;

        private Read(List<Matcher> matchers, long fromMillis, long lastMillis) {
            this.matchers = matchers;
            this.fromMillis = fromMillis;
            this.lastMillis = lastMillis;
        }

        private boolean overlaps(long from, long last) {
            return fromMillis <= last && from <= lastMillis;
        }

        private boolean holds(long from, long last) {
            return fromMillis <= from && last <= lastMillis;
        }
    }

    private final TimeFrame frame;
    private final SeriesReader reader;
    private final Shard shard;
    private final QueryBudget budget;
    private final Map<List<Matcher>, List<Read>> reads = new HashMap<>();
    private @Nullable HistogramStats stats;
    private long keptSamples;

    SelectorReads(TimeFrame frame, SeriesReader reader, Shard shard, QueryBudget budget) {
        this.frame = frame;
        this.reader = reader;
        this.shard = shard;
        this.budget = budget;
    }

    /// Looks through the query for what will be read. To be called once, before anything is.
    ///
    /// @param part what of `query` will be evaluated, over `grid`
    void prepare(PromExpr query, PromExpr part, StepGrid grid) {
        stats = new HistogramStats(query);
        for (SelectorNeed need : SelectorNeed.of(part, grid, frame)) {
            need(need.matchers(), need.fromMillis(), need.lastMillis());
        }
    }

    /// Passes on the series of `selector`, as the other method does.
    void forEach(VectorSelector selector, long fromMillis, long lastMillis, SeriesConsumer consumer) {
        HistogramStats known = stats;
        forEach(
                selector.matchers(),
                fromMillis,
                lastMillis,
                known != null && known.isEnoughFor(selector)
                        ? (labels, samples) -> consumer.accept(labels, HistogramStats.of(samples, fromMillis))
                        : consumer);
    }

    private void need(List<Matcher> matchers, long fromMillis, long lastMillis) {
        List<Read> same = reads.computeIfAbsent(matchers, key -> new ArrayList<>());
        Read joined = new Read(matchers, fromMillis, lastMillis);
        for (Read read : List.copyOf(same)) {
            if (read.overlaps(joined.fromMillis, joined.lastMillis)) {
                joined.fromMillis = Math.min(joined.fromMillis, read.fromMillis);
                joined.lastMillis = Math.max(joined.lastMillis, read.lastMillis);
                joined.uses += read.uses;
                same.remove(read);
            }
        }
        joined.uses++;
        same.add(joined);
    }

    /// Samples kept for the whole query.
    long keptSamples() {
        return keptSamples;
    }

    /// Passes on the series that match, in the order of their labels, with at least their samples from
    /// `fromMillis` to `lastMillis`, possibly more.
    void forEach(List<Matcher> matchers, long fromMillis, long lastMillis, SeriesConsumer consumer) {
        for (Read read : reads.getOrDefault(matchers, List.of())) {
            if (read.holds(fromMillis, lastMillis)) {
                if (read.uses > 1) {
                    kept(read).forEach(series -> consumer.accept(series.labels, series.samples));
                    return;
                }
                stream(matchers, read.fromMillis, read.lastMillis, consumer);
                return;
            }
        }
        stream(matchers, fromMillis, lastMillis, consumer);
    }

    private List<KeptSeries> kept(Read read) {
        List<KeptSeries> kept = read.kept;
        if (kept == null) {
            List<KeptSeries> loaded = new ArrayList<>();
            stream(read.matchers, read.fromMillis, read.lastMillis, (labels, samples) -> {
                budget.hold(samples.size());
                keptSamples += samples.size();
                loaded.add(new KeptSeries(labels, samples.copy()));
            });
            read.kept = loaded;
            return loaded;
        }
        return kept;
    }

    private void stream(List<Matcher> matchers, long fromMillis, long lastMillis, SeriesConsumer consumer) {
        long earliestMillis = Math.max(fromMillis, budget.limits().earliestMillis());
        if (earliestMillis > lastMillis) {
            return;
        }
        TimeRange range = TimeRange.ofMillisInclusive(earliestMillis, lastMillis);
        try (MetricsCursor cursor = reader.read(new MetricsScan(matchers, range, shard, true))) {
            while (cursor.next()) {
                budget.checkDeadline();
                budget.chargeSeries(1);
                SeriesSamples samples = cursor.samples();
                budget.hold(samples.size());
                consumer.accept(cursor.labels(), samples);
                budget.release(samples.size());
            }
        }
    }
}
