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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers queries for metrics: parses, checks, takes one snapshot of the units, and has them executed. One tenant at
/// a time.
public final class MetricsQueryService implements PrometheusQueries {
    private final UnitFinder finder;
    private final MetricsExecutor executor;
    private final EngineSettings settings;
    private final InstantSource clock;

    public MetricsQueryService(
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
        if (!request.grid().isInstant() && type != PromExpr.Type.SCALAR && type != PromExpr.Type.VECTOR) {
            throw new Fault(
                    FaultKind.BAD_QUERY,
                    "invalid expression type \"%s\" for range query, must be Scalar or instant Vector"
                            .formatted(type.text()));
        }
        EngineSettings tuned = request.lookbackMillis().isPresent()
                ? settings.withLookback(request.lookbackMillis().getAsLong())
                : settings;
        List<Unit> units = executor.span(query, request.grid(), tuned)
                .map(span -> finder.find(tenant, Signal.METRICS, span))
                .orElse(List.of());
        return executor.execute(query, request.grid(), tuned, units, budget(request.deadline()));
    }

    /// Lists something of the series that pass one selector.
    private interface Listing<T> {
        Collection<T> list(MetricsEngine engine, List<Matcher> selector, SeriesReader reader, QueryBudget budget);
    }

    @Override
    public SortedSet<Labels> series(SeriesRequest request) {
        return list(
                request,
                (engine, selector, reader, budget) ->
                        engine.series(selector, request.range(), request.limit(), reader, budget));
    }

    @Override
    public SortedSet<String> labelNames(SeriesRequest request) {
        return list(
                request,
                (engine, selector, reader, budget) ->
                        engine.labelNames(selector, request.range(), request.limit(), reader, budget));
    }

    @Override
    public SortedSet<String> labelValues(String name, SeriesRequest request) {
        return list(
                request,
                (engine, selector, reader, budget) ->
                        engine.labelValues(name, selector, request.range(), request.limit(), reader, budget));
    }

    private <T> SortedSet<T> list(SeriesRequest request, Listing<T> listing) {
        QueryBudget budget = budget(request.deadline());
        MetricsEngine engine = new MetricsEngine(settings);
        List<Unit> units = finder.find(onlyOne(request.tenants()), Signal.METRICS, request.range());
        NavigableSet<T> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            List<Unit> needed = units.stream()
                    .filter(unit -> MetricsFacts.decode(unit.facts()).mayMatch(selector))
                    .toList();
            found.addAll(executor.read(needed, budget, reader -> listing.list(engine, selector, reader, budget)));
        }
        while (found.size() > request.limit()) {
            found.pollLast();
        }
        return found;
    }

    private static Tenant onlyOne(List<Tenant> tenants) {
        if (tenants.size() != 1) {
            throw Fault.unsupported("reading several tenants at once is not supported: name one, not %s", tenants);
        }
        return tenants.getFirst();
    }

    private QueryBudget budget(Instant deadline) {
        return new QueryBudget(settings.limits(), clock, deadline);
    }
}
