package io.lambdascope.query;

import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsEngine;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.SeriesConsumer;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.model.metrics.StaleMarker;
import io.lambdascope.query.SamplesRequest.Read;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads within the tenants' limits one snapshot of the units of each request, in this process: what is read has to be
/// sent on from here.
public final class StoredSampleReads implements SampleReads {
    private final TenantUnits<MetricsUnits> finder;
    private final MetricsExecutor executor;
    private final EngineSettings settings;
    private final MetricsEngine engine;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    /// @param settings but for their limits, which are those of `limits`
    public StoredSampleReads(
            UnitFinder finder,
            MetricsExecutor executor,
            EngineSettings settings,
            TenantLimitsSource limits,
            InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.METRICS, MetricsUnits::new);
        this.executor = executor;
        this.settings = settings;
        this.engine = new MetricsEngine(settings);
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void samples(SamplesRequest request, SamplesRequest.Consumer consumer) {
        QueryAdmission admission = QueryAdmission.of(request.tenants(), limits, clock.instant());
        List<Read> reads = request.reads().stream()
                .map(read -> new Read(read.matchers(), admission.visible(read.range()), read.labelsOnly()))
                .toList();
        Optional<TimeRange> span = reads.stream()
                .map(Read::range)
                .filter(range -> !range.isEmpty())
                .reduce(TimeRange::union);
        if (span.isEmpty()) {
            return;
        }
        MetricsUnits units = finder.findWhole(request.tenants(), span.get());
        QueryBudget budget = new QueryBudget(admission.budget(), clock, request.deadline());
        SampleCount count = new SampleCount(budget.limits().maxSamples());
        for (int i = 0; i < reads.size(); i++) {
            int number = i;
            read(reads.get(i), units, budget, (labels, samples) -> {
                count.add(samples.size());
                consumer.accept(number, labels, samples);
            });
        }
    }

    private void read(Read read, MetricsUnits units, QueryBudget budget, SeriesConsumer consumer) {
        if (read.range().isEmpty()) {
            return;
        }
        MetricsUnits needed =
                units.prune(unit -> unit.range().overlaps(read.range()) ? List.of(read.matchers()) : List.of());
        executor.read(needed, budget, reader -> {
            engine.read(read.matchers(), read.range(), !read.labelsOnly(), reader, budget, consumer);
            return true;
        });
    }

    @Override
    public List<PromResult.Sample> newest(NewestRequest request) {
        TimeRange range =
                TimeRange.ofMillisInclusive(request.atMillis() - settings.lookbackMillis() + 1, request.atMillis());
        List<Read> reads = request.selectors().stream()
                .map(matchers -> new Read(matchers, range, false))
                .toList();
        TreeMap<Labels, PromResult.Sample> newest = new TreeMap<>();
        samples(new SamplesRequest(request.tenants(), reads, request.deadline()), (read, labels, samples) -> {
            int last = samples.size() - 1;
            if (!StaleMarker.isStale(samples.value(last))) {
                newest.put(labels, sample(labels, samples, last));
            }
        });
        return List.copyOf(newest.values());
    }

    private static PromResult.Sample sample(Labels labels, SeriesSamples samples, int index) {
        return new PromResult.Sample(labels, samples.timestamp(index), samples.value(index), samples.histogram(index));
    }

    /// Counts samples over all reads of a request.
    private static final class SampleCount {
        private final long most;
        private long count;

        SampleCount(long most) {
            this.most = most;
        }

        void add(int samples) {
            count += samples;
            if (count > most) {
                throw new Fault(FaultKind.OVER_LIMIT, "exceeded sample limit (%d)".formatted(most));
            }
        }
    }
}
