package io.lambdascope.api.prometheus;

import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.StoredSampleReads;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Series in memory, one unit for each tenant, and what reads them.
final class StoredSeries {
    private final Map<Tenant, MemoryMetricsSource> sources = new TreeMap<>();
    private final List<Unit> unreadable = new ArrayList<>();

    StoredSeries add(Tenant tenant, Labels labels, SeriesSamples samples) {
        sources.computeIfAbsent(tenant, _ -> new MemoryMetricsSource()).add(labels, samples);
        return this;
    }

    /// From now on a unit of `tenant` does not read.
    void damage(Tenant tenant) {
        unreadable.add(unit(tenant));
    }

    SampleReads reads(InstantSource clock, TenantLimits limits) {
        MetricsExecutor executor = new MetricsExecutor(
                new MetricsPlanner(PlanSettings.INLINE),
                unit -> sources.getOrDefault(unit.tenant(), new MemoryMetricsSource()),
                new FanOut(
                        _ -> {
                            throw new IllegalStateException("nothing should be sent");
                        },
                        new MemoryObjectStore(clock),
                        clock,
                        1));
        return new StoredSampleReads(
                (tenant, _, _) -> new Snapshot(
                        Stream.of(tenant)
                                .filter(sources::containsKey)
                                .map(StoredSeries::unit)
                                .toList(),
                        unreadable),
                executor,
                EngineSettings.DEFAULTS,
                TenantLimitsSource.same(limits),
                clock);
    }

    private static Unit unit(Tenant tenant) {
        return new Unit(
                "u-" + tenant,
                tenant,
                Signal.METRICS,
                0,
                TimeRange.ALWAYS,
                Shard.ALL,
                1,
                1,
                MetricsFacts.UNKNOWN.encode(),
                new Unit.Place.Inline(new byte[0]));
    }
}
