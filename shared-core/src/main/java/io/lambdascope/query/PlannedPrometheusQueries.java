package io.lambdascope.query;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.OpenUnits;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers queries within their tenants' limits, over one snapshot of the units each, here or fanned out as the
/// executor's planner decides. Over several tenants, series carry the tenant they belong to as
/// [io.lambdascope.source.TenantLabel#NAME].
public final class PlannedPrometheusQueries implements PrometheusQueries {
    private final TenantUnits<MetricsUnits> finder;
    private final MetricsExecutor executor;
    private final EngineSettings settings;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    /// @param settings but for their limits, which are those of `limits`
    public PlannedPrometheusQueries(
            UnitFinder finder,
            MetricsExecutor executor,
            EngineSettings settings,
            TenantLimitsSource limits,
            InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.METRICS, MetricsUnits::new);
        this.executor = executor;
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public PromAnswer answer(PromQueryRequest request) {
        Instant began = clock.instant();
        CheckedQuery query = CheckedQuery.of(request.text());
        QueryAdmission admission = admission(request.tenants());
        Optional<StepGrid> grid = admission.admit(request.text(), request.grid());
        if (grid.isEmpty()) {
            return new PromAnswer(new PromResult.Matrix(List.of(), List.of()), QueryStats.none(request.grid()));
        }
        EngineSettings tuned = settings.withLimits(admission.budget());
        if (request.lookbackMillis().isPresent()) {
            tuned = tuned.withLookback(request.lookbackMillis().getAsLong());
        }
        Optional<TimeRange> span = executor.span(query, grid.get(), tuned);
        Found<MetricsUnits> units = span.isEmpty()
                ? Found.all(MetricsUnits.of(List.of()))
                : finder.findWithGaps(request.tenants(), span.get());
        Instant prepared = clock.instant();
        QueryBudget budget = budget(tuned.limits(), request.deadline());
        MetricsExecutor chosen = request.noStore() ? executor.withoutCache() : executor;
        PromResult result = chosen.execute(query, grid.get(), tuned, units.items(), budget);
        QueryStats stats = new QueryStats(
                Duration.between(began, prepared),
                Duration.between(prepared, clock.instant()),
                grid.get(),
                budget.samplesByStep(),
                budget.peak());
        return new PromAnswer(result, stats, units.warnings());
    }

    @Override
    public Found<SortedSet<Labels>> series(SeriesRequest request) {
        return collect(
                request,
                (engine, selector, range, reader, budget) ->
                        engine.series(selector, range, request.limit(), reader, budget));
    }

    @Override
    public Found<SortedSet<String>> labelNames(SeriesRequest request) {
        return collect(
                request,
                (engine, selector, range, reader, budget) ->
                        engine.labelNames(selector, range, request.limit(), reader, budget));
    }

    @Override
    public Found<SortedSet<String>> labelValues(String name, SeriesRequest request) {
        return collect(
                request,
                (_, selector, range, open, _) ->
                        open.labelValues(name, new MetricsScan(selector, range, Shard.ALL, false)));
    }

    /// What one selector finds.
    private interface Lookup<T> {
        Collection<T> of(
                MetricsEngine engine, List<Matcher> selector, TimeRange range, OpenUnits open, QueryBudget budget);
    }

    private <T extends Comparable<? super T>> Found<SortedSet<T>> collect(SeriesRequest request, Lookup<T> lookup) {
        QueryAdmission admission = admission(request.tenants());
        QueryBudget budget = budget(admission.budget(), request.deadline());
        MetricsEngine engine = new MetricsEngine(settings);
        TimeRange range = admission.ofSeries(request.range());
        Found<MetricsUnits> units = finder.findWithGaps(request.tenants(), range);
        NavigableSet<T> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            MetricsUnits needed = units.items().prune(_ -> List.of(selector));
            found.addAll(executor.read(needed, budget, open -> lookup.of(engine, selector, range, open, budget)));
        }
        while (found.size() > request.limit()) {
            found.pollLast();
        }
        return units.with(found);
    }

    private QueryAdmission admission(List<Tenant> tenants) {
        return QueryAdmission.of(tenants, limits, clock.instant());
    }

    private QueryBudget budget(QueryBudget.Limits allowed, Instant deadline) {
        return new QueryBudget(allowed, clock, deadline);
    }
}
