package io.lambdascope.query;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.SeriesReader;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsOpener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/// Answers queries in this process: finds the units, reads them, evaluates. One tenant at a time.
public final class InlinePrometheusQueries implements PrometheusQueries {
    private final UnitFinder finder;
    private final MetricsOpener opener;
    private final EngineSettings settings;
    private final InstantSource clock;

    public InlinePrometheusQueries(
            UnitFinder finder, MetricsOpener opener, EngineSettings settings, InstantSource clock) {
        this.finder = finder;
        this.opener = opener;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public PromResult answer(PromQueryRequest request) {
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
        return new MetricsEngine(tuned)
                .evaluate(query, request.grid(), readerOf(request.tenants()), budget(request.deadline()));
    }

    @Override
    public SortedSet<Labels> series(SeriesRequest request) {
        QueryBudget budget = budget(request.deadline());
        SeriesReader reader = readerOf(request.tenants());
        MetricsEngine engine = new MetricsEngine(settings);
        TreeSet<Labels> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            found.addAll(engine.series(selector, request.range(), request.limit(), reader, budget));
        }
        return first(found, request.limit());
    }

    @Override
    public SortedSet<String> labelNames(SeriesRequest request) {
        QueryBudget budget = budget(request.deadline());
        SeriesReader reader = readerOf(request.tenants());
        MetricsEngine engine = new MetricsEngine(settings);
        TreeSet<String> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            found.addAll(engine.labelNames(selector, request.range(), request.limit(), reader, budget));
        }
        return first(found, request.limit());
    }

    @Override
    public SortedSet<String> labelValues(String name, SeriesRequest request) {
        QueryBudget budget = budget(request.deadline());
        SeriesReader reader = readerOf(request.tenants());
        MetricsEngine engine = new MetricsEngine(settings);
        TreeSet<String> found = new TreeSet<>();
        for (List<Matcher> selector : request.selectorsToRead()) {
            found.addAll(engine.labelValues(name, selector, request.range(), request.limit(), reader, budget));
        }
        return first(found, request.limit());
    }

    private static <T> SortedSet<T> first(NavigableSet<T> sorted, int limit) {
        while (sorted.size() > limit) {
            sorted.pollLast();
        }
        return sorted;
    }

    private SeriesReader readerOf(List<Tenant> tenants) {
        if (tenants.size() != 1) {
            throw Fault.unsupported("reading several tenants at once is not supported yet: name one, not %s", tenants);
        }
        return new FoundSeriesReader(finder, opener, tenants.getFirst());
    }

    private QueryBudget budget(Instant deadline) {
        return new QueryBudget(settings.limits(), clock, deadline);
    }
}
