package io.lambdascope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.metrics.StoredMetrics;
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
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.store.Bill;
import io.lambdascope.store.CostMeter;
import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MeteredObjectStore;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Listing values of labels over many blocks reads neither samples nor labels that were not asked for.
class LabelValuesCostTest {
    private static final Tenant TENANT = new Tenant("cost");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final int BLOCKS = 4;
    private static final int SERIES = 600;
    private static final int SAMPLES = 200;

    @TempDir
    Path scratch;

    private final CostMeter meter = new CostMeter();
    private final List<Unit> units = new ArrayList<>();
    private final ObjectStore stored = new MemoryObjectStore(CLOCK);
    private PrometheusQueries queries;

    @BeforeEach
    void store() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < BLOCKS; i++) {
            units.add(block("blocks/" + i + "/", i, random));
        }
        ObjectStore metered = new MeteredObjectStore(stored, meter);
        MetricsOpener opener = new StoredMetrics(metered, new BlockCache(16 << 20));
        FanOut fanOut = new FanOut(
                _ -> {
                    throw new IllegalStateException("nothing should be sent");
                },
                stored,
                CLOCK,
                1);
        UnitFinder finder = (_, _, _) -> new Snapshot(units, List.of());
        queries = new PlannedPrometheusQueries(
                finder,
                new MetricsExecutor(new MetricsPlanner(PlanSettings.DEFAULTS), opener, fanOut),
                EngineSettings.DEFAULTS,
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                CLOCK);
    }

    /// Every value is of its own, so that samples take what they take.
    private Unit block(String prefix, int number, SplittableRandom random) {
        MemoryMetricsSource source = new MemoryMetricsSource();
        long from = NOW.minusSeconds(7200L * (BLOCKS - number)).toEpochMilli();
        for (int series = 0; series < SERIES; series++) {
            SeriesSamples samples = new SeriesSamples();
            for (int i = 0; i < SAMPLES; i++) {
                samples.add(from + 30_000L * i, random.nextDouble());
            }
            source.add(
                    Labels.of(
                            "__name__", "metric_" + series % 50,
                            "pod", "pod-" + random.nextLong(),
                            "job", "job-" + series % 7),
                    samples);
        }
        MetricsBlockMerger merger = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, stored, scratch);
        BlockInfo info = merger.merge(
                        List.of(source), new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true), prefix)
                .orElseThrow();
        return new Unit(
                prefix,
                TENANT,
                Signal.METRICS,
                1,
                info.range(),
                Shard.ALL,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix(prefix, info.tables()),
                List.of());
    }

    private Bill.Line readBy(Runnable question) {
        Bill before = meter.bill();
        question.run();
        return meter.bill().since(before).line(Operation.S3_GET);
    }

    private static SeriesRequest request(String selector, int limit) {
        return new SeriesRequest(
                List.of(TENANT),
                List.of(PromParser.parseSelector(selector)),
                TimeRange.ALWAYS,
                limit,
                NOW.plusSeconds(28));
    }

    @Test
    void samplesAndOtherLabelsAreNotRead() {
        long bytes = units.stream().mapToLong(Unit::bytes).sum();
        assertThat(bytes / BLOCKS).as("blocks this small are fetched whole").isGreaterThan(700_000);
        Bill.Line names =
                readBy(() -> assertThat(queries.labelValues("__name__", request("{__name__=~\"metric_1.*\"}", 5))
                                .items())
                        .containsExactly("metric_1", "metric_10", "metric_11", "metric_12", "metric_13"));
        assertThat(names.bytes()).isLessThan(bytes / 50);
        assertThat(names.calls()).isLessThanOrEqualTo(3L * BLOCKS);
        Bill.Line again = readBy(() -> assertThat(
                        queries.labelValues("job", request("metric_3", 100)).items())
                .containsExactly("job-0", "job-1", "job-2", "job-3", "job-4", "job-5", "job-6"));
        assertThat(again.bytes())
                .as("small gaps are read through rather than asked around")
                .isLessThan(bytes / 25);
        Bill.Line series = readBy(() -> assertThat(
                        queries.series(request("{job=\"job-1\"}", 1000)).items())
                .isNotEmpty());
        assertThat(series.bytes()).as("labels of series, without samples").isLessThan(bytes / 10);
    }
}
