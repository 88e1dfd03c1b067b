package io.lambdascope.query;

import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsUnits;
import java.time.InstantSource;
import java.util.List;

/// Counts over the labels of one snapshot of the units, in this process; samples of blocks are not read. There is no
/// limit on series, only on what is kept of them: this is how one finds out that there are too many.
public final class StoredCardinality implements Cardinality {
    private final TenantUnits<MetricsUnits> finder;
    private final MetricsExecutor executor;
    private final InstantSource clock;

    public StoredCardinality(UnitFinder finder, MetricsExecutor executor, InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.METRICS, MetricsUnits::new);
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public Answer count(CardinalityRequest request) {
        QueryBudget budget = new QueryBudget(QueryBudget.Limits.NONE, clock, request.deadline());
        MetricsUnits units =
                finder.findWhole(request.tenants(), request.range()).prune(_ -> List.of(request.selector()));
        MetricsScan scan = new MetricsScan(request.selector(), request.range(), Shard.ALL, false);
        SeriesCounts counts = new SeriesCounts(request.labels());
        return executor.read(units, budget, open -> {
            try (MetricsCursor cursor = open.read(scan)) {
                while (cursor.next()) {
                    budget.checkDeadline();
                    counts.add(cursor.labels());
                }
            }
            return new Answer(counts, units);
        });
    }
}
