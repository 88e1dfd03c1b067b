package io.lambdascope.query;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.SeriesReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers queries over one snapshot of the units each, here or fanned out as the executor's planner decides. One
/// tenant at a time.
public final class PlannedPrometheusQueries implements PrometheusQueries {
    private final UnitFinder finder;
    private final MetricsExecutor executor;
    private final EngineSettings settings;
    private final InstantSource clock;

    public PlannedPrometheusQueries(
            UnitFinder finder, MetricsExecutor executor, EngineSettings settings, InstantSource clock) {
        this.finder = finder;
        this.executor = executor;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public PromResult answer(PromQueryRequest request) {
        Tenant tenant = onlyOne(request.tenants());
        CheckedQuery query = CheckedQuery.of(request.text());
        PromExpr.Type type = query.type();
        boolean listsPoints = type == PromExpr.Type.SCALAR || type == PromExpr.Type.VECTOR;
        if (!request.grid().isInstant() && !listsPoints) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "invalid expression type \"%s\" for range query, must be Scalar or instant Vector"
                            .formatted(type.text()));
        }
        EngineSettings tuned = request.lookbackMillis().isPresent()
                ? settings.withLookback(request.lookbackMillis().getAsLong())
                : settings;
        Optional<TimeRange> span = executor.span(query, request.grid(), tuned);
        List<Unit> units = span.isEmpty() ? List.of() : finder.find(tenant, Signal.METRICS, span.get());
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
        List<Unit> units = finder.find(onlyOne(request.tenants()), Signal.METRICS, request.range());
        NavigableSet<T> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            List<Unit> needed = units.stream()
                    .filter(unit -> MetricsFacts.decode(unit.facts()).mayMatch(selector))
                    .toList();
            found.addAll(executor.read(needed, budget, reader -> lookup.of(engine, selector, reader, budget)));
        }
        while (found.size() > request.limit()) {
            found.pollLast();
        }
        return found;
    }

    private static Tenant onlyOne(List<Tenant> tenants) {
        if (tenants.size() != 1) {
            throw Fault.unsupported("reading several tenants at once is not supported yet: name one, not %s", tenants);
        }
        return tenants.getFirst();
    }

    private QueryBudget budget(Instant deadline) {
        return new QueryBudget(settings.limits(), clock, deadline);
    }
}
