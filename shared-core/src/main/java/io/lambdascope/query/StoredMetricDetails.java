package io.lambdascope.query;

import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.source.Shard;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.source.metrics.SeriesExemplars;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads one snapshot of the units each time, in this process.
public final class StoredMetricDetails implements MetricDetails {
    private static final Comparator<MetricMetadata> ORDER = Comparator.comparing(MetricMetadata::family)
            .thenComparing(MetricMetadata::type)
            .thenComparing(MetricMetadata::help)
            .thenComparing(MetricMetadata::unit);

    private final TenantUnits<MetricsUnits> finder;
    private final MetricsExecutor executor;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public StoredMetricDetails(
            UnitFinder finder, MetricsExecutor executor, TenantLimitsSource limits, InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.METRICS, MetricsUnits::new);
        this.executor = executor;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Found<List<SeriesExemplars>> exemplars(SeriesRequest request) {
        QueryAdmission admission = QueryAdmission.of(request.tenants(), limits, clock.instant());
        QueryBudget budget = new QueryBudget(admission.budget(), clock, request.deadline());
        TimeRange range = admission.visible(request.range());
        Found<MetricsUnits> all = finder.findWithGaps(request.tenants(), range);
        MetricsUnits units = all.items().prune(_ -> request.selectors());
        SortedMap<Labels, List<Exemplar>> found = new TreeMap<>();
        return executor.read(units, budget, open -> {
            for (List<Matcher> selector : request.selectors()) {
                MetricsScan scan = new MetricsScan(selector, range, Shard.ALL, false);
                try (ExemplarCursor cursor = open.exemplars(scan)) {
                    add(cursor, found, budget);
                }
            }
            List<SeriesExemplars> exemplars = new ArrayList<>(found.size());
            found.forEach((labels, ofSeries) -> exemplars.add(new SeriesExemplars(labels, ofSeries)));
            return all.with(exemplars);
        });
    }

    /// A series that passes several selectors has the same exemplars each time.
    private static void add(ExemplarCursor cursor, SortedMap<Labels, List<Exemplar>> found, QueryBudget budget) {
        while (cursor.next()) {
            budget.checkDeadline();
            if (found.putIfAbsent(cursor.labels(), cursor.exemplars()) == null) {
                budget.chargeSeries(1);
                budget.hold(cursor.exemplars().size());
            }
        }
    }

    @Override
    public Found<SortedMap<String, SortedSet<MetricMetadata>>> metadata(MetadataRequest request) {
        QueryAdmission admission = QueryAdmission.of(request.tenants(), limits, clock.instant());
        QueryBudget budget = new QueryBudget(admission.budget(), clock, request.deadline());
        Found<MetricsUnits> units = finder.findWithGaps(request.tenants(), request.range());
        SortedMap<String, SortedSet<MetricMetadata>> byFamily = new TreeMap<>();
        return executor.read(units.items(), budget, open -> {
            open.metadata(item -> {
                if (request.family().isEmpty() || request.family().get().equals(item.family())) {
                    byFamily.computeIfAbsent(item.family(), _ -> new TreeSet<>(ORDER))
                            .add(item);
                }
            });
            return units.with(byFamily);
        });
    }
}
