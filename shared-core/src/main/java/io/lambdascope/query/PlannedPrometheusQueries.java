package io.lambdascope.query;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.SeriesReader;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers queries over one snapshot of the units each, here or fanned out as the executor's planner decides.
/// Over several tenants, series carry the tenant they belong to as [io.lambdascope.source.metrics.TenantLabel#NAME].
public final class PlannedPrometheusQueries implements PrometheusQueries {
    private final TenantUnits finder;
    private final MetricsExecutor executor;
    private final EngineSettings settings;
    private final InstantSource clock;

    public PlannedPrometheusQueries(
            UnitFinder finder, MetricsExecutor executor, EngineSettings settings, InstantSource clock) {
        this.finder = new TenantUnits(finder);
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public PromResult answer(PromQueryRequest request) {
        CheckedQuery query = CheckedQuery.of(request.text());
        EngineSettings tuned = request.lookbackMillis().isPresent()
                ? settings.withLookback(request.lookbackMillis().getAsLong())
                : settings;
        Optional<TimeRange> span = executor.span(query, request.grid(), tuned);
        MetricsUnits units = span.isEmpty() ? MetricsUnits.of(List.of()) : finder.find(request.tenants(), span.get());
        return executor.execute(query, request.grid(), tuned, units, budget(request.deadline()));
    }

    @Override
    public SortedSet<Labels> series(SeriesRequest request) {
        return collect(
                request,
                (engine, selector, reader, budget) ->
                        engine.series(selector, request.range(), request.limit(), reader, budget));
    }

    @Override
    public SortedSet<String> labelNames(SeriesRequest request) {
        return collect(
                request,
                (engine, selector, reader, budget) ->
                        engine.labelNames(selector, request.range(), request.limit(), reader, budget));
    }

    @Override
    public SortedSet<String> labelValues(String name, SeriesRequest request) {
        return collect(
                request,
                (engine, selector, reader, budget) ->
                        engine.labelValues(name, selector, request.range(), request.limit(), reader, budget));
    }

    /// What one selector finds.
    private interface Lookup<T> {
        Collection<T> of(MetricsEngine engine, List<Matcher> selector, SeriesReader reader, QueryBudget budget);
    }

    private <T extends Comparable<? super T>> SortedSet<T> collect(SeriesRequest request, Lookup<T> lookup) {
        QueryBudget budget = budget(request.deadline());
        MetricsEngine engine = new MetricsEngine(settings);
        MetricsUnits units = finder.find(request.tenants(), request.range());
        NavigableSet<T> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            MetricsUnits needed = units.prune(_ -> List.of(selector));
            found.addAll(executor.read(needed, budget, reader -> lookup.of(engine, selector, reader, budget)));
        }
        while (found.size() > request.limit()) {
            found.pollLast();
        }
        return found;
    }

    private QueryBudget budget(Instant deadline) {
        return new QueryBudget(settings.limits(), clock, deadline);
    }
}
