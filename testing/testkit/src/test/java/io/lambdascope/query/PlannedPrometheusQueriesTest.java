package io.lambdascope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Limit;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.result.PromResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannedPrometheusQueriesTest {
    private static final Tenant A = new Tenant("a");
    private static final Tenant B = new Tenant("b");
    private static final Instant NOW = Instant.ofEpochSecond(1000);

    private final Map<String, MemoryMetricsSource> units = new LinkedHashMap<>();
    private final List<Unit> found = new ArrayList<>();
    private TenantLimits limits = TenantLimits.DEFAULTS;
    private final List<String> opened = new ArrayList<>();
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final MetricsExecutor executor = new MetricsExecutor(
            new MetricsPlanner(PlanSettings.INLINE),
            this::open,
            new FanOut(PlannedPrometheusQueriesTest::noScan, new MemoryObjectStore(clock), clock, 1));
    private final PrometheusQueries queries =
            new PlannedPrometheusQueries(this::find, executor, EngineSettings.DEFAULTS, this::limitsOf, clock);

    private TenantLimits limitsOf(Tenant tenant) {
        return limits;
    }

    private static byte[] noScan(byte[] request) {
        throw new IllegalStateException("nothing should be sent");
    }

    private Snapshot find(Tenant tenant, Signal signal, TimeRange range) {
        List<Unit> units = found.stream()
                .filter(unit -> unit.tenant().equals(tenant)
                        && unit.signal() == signal
                        && unit.range().overlaps(range))
                .toList();
        return new Snapshot(units, List.of());
    }

    private MetricsSource open(Unit unit) {
        opened.add(unit.id());
        MemoryMetricsSource source = units.get(unit.id());
        if (source == null) {
            throw new IllegalArgumentException(unit.id());
        }
        return source;
    }

    @BeforeEach
    void twoUnitsOfOneTenant() {
        unit("u1", A, "up", 0, 1, 2);
        unit("u2", A, "up", 30, 3, 4);
        unit("d1", A, "down", 0, 9);
        unit("b1", B, "up", 0, 100);
    }

    private void unit(String id, Tenant tenant, String metric, int fromSeconds, double... values) {
        MemoryMetricsSource source = new MemoryMetricsSource();
        SeriesSamples samples = new SeriesSamples();
        for (int i = 0; i < values.length; i++) {
            samples.add((fromSeconds + 15L * i) * 1000, values[i]);
        }
        source.add(Labels.of("__name__", metric, "job", id.substring(0, 1)), samples);
        units.put(id, source);
        TimeRange range =
                TimeRange.ofMillisInclusive(fromSeconds * 1000L, (fromSeconds + 15L * (values.length - 1)) * 1000);
        byte[] facts = MetricsFacts.of(List.of(metric), 1000).encode();
        found.add(new Unit(
                id, tenant, Signal.METRICS, 0, range, Shard.ALL, 1, 1, facts, new Unit.Place.Inline(new byte[0])));
    }

    private static PromQueryRequest at(long seconds, String text) {
        return new PromQueryRequest(
                List.of(A), text, StepGrid.instant(seconds * 1000), OptionalLong.empty(), NOW.plusSeconds(28));
    }

    @Test
    void readsSeriesOverUnitsAndOnlyThoseThatMayHoldThem() {
        PromResult.Vector vector = (PromResult.Vector)
                queries.answer(at(45, "sum_over_time(up[1m])")).result();
        assertThat(vector.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.value()).isEqualTo(1 + 2 + 3 + 4);
            assertThat(sample.labels()).isEqualTo(Labels.of("job", "u"));
        });
        assertThat(opened).containsExactlyInAnyOrder("u1", "u2");
    }

    @Test
    void rangesAndLookback() {
        PromQueryRequest request = new PromQueryRequest(
                List.of(A), "up", new StepGrid(0, 60_000, 10_000), OptionalLong.of(5000), NOW.plusSeconds(28));
        PromResult.Matrix matrix = (PromResult.Matrix) queries.answer(request).result();
        assertThat(matrix.series()).singleElement().satisfies(series -> {
            assertThat(series.timestamps()).containsExactly(0, 30_000);
            assertThat(series.values()).containsExactly(1, 3);
        });
        PromQueryRequest ofStrings = new PromQueryRequest(
                List.of(A), "up[5m]", new StepGrid(0, 60_000, 10_000), OptionalLong.empty(), NOW.plusSeconds(28));
        assertThatThrownBy(() -> queries.answer(ofStrings))
                .hasMessage(
                        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
    }

    @Test
    void seriesAndLabels() {
        SeriesRequest all = new SeriesRequest(
                List.of(A), List.of(), TimeRange.ofMillisInclusive(0, 60_000), 100, NOW.plusSeconds(28));
        assertThat(queries.series(all).items())
                .containsExactly(Labels.of("__name__", "down", "job", "d"), Labels.of("__name__", "up", "job", "u"));
        assertThat(queries.labelNames(all).items()).containsExactly("__name__", "job");
        assertThat(queries.labelValues("__name__", all).items()).containsExactly("down", "up");
        SeriesRequest some = new SeriesRequest(
                List.of(A),
                List.of(PromParser.parseSelector("up"), PromParser.parseSelector("{job=\"d\"}")),
                TimeRange.ofMillisInclusive(20_000, 60_000),
                1,
                NOW.plusSeconds(28));
        assertThat(queries.series(some).items()).containsExactly(Labels.of("__name__", "up", "job", "u"));
        assertThat(queries.labelValues("job", some).items()).containsExactly("u");
    }

    @Test
    void whatIsOlderThanTheLookbackIsNotThere() {
        // now is 1000 s; samples are at 0, 15, 30 and 45 s
        limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_QUERY_LOOKBACK, Duration.ofSeconds(975));
        assertThat(valuesOf(queries.answer(at(45, "sum_over_time(up[1m])")).result()))
                .containsExactly(3.0 + 4);
        assertThat(valuesOf(queries.answer(at(400, "sum_over_time(up[1m] offset 355s)"))
                        .result()))
                .containsExactly(3.0 + 4);
        assertThat(queries.series(everything()).items()).containsExactly(Labels.of("__name__", "up", "job", "u"));
        PromQueryRequest range = new PromQueryRequest(
                List.of(A), "time()", new StepGrid(0, 60_000, 10_000), OptionalLong.empty(), NOW.plusSeconds(28));
        PromResult.Matrix matrix = (PromResult.Matrix) queries.answer(range).result();
        assertThat(matrix.series())
                .singleElement()
                .satisfies(series -> assertThat(series.timestamps()).containsExactly(30_000, 40_000, 50_000, 60_000));
        limits = TenantLimits.DEFAULTS.with(MetricsLimits.COMPACTOR_BLOCKS_RETENTION_PERIOD, Duration.ofSeconds(100));
        assertThat(queries.answer(range).result()).isEqualTo(new PromResult.Matrix(List.of(), List.of()));
        assertThat(queries.series(everything()).items()).isEmpty();
    }

    /// Nothing that a query may use depends on whether it is fanned out.
    @Test
    void limitsHoldHoweverAQueryRuns() {
        MetricsExecutor fannedOut = new MetricsExecutor(
                new MetricsPlanner(new PlanSettings(0, 1, 8, 4)),
                this::open,
                new FanOut(
                        new ScanExecutor(this::open, new MemoryObjectStore(clock), () -> "left", clock),
                        new MemoryObjectStore(clock),
                        clock,
                        1));
        PrometheusQueries inPieces =
                new PlannedPrometheusQueries(this::find, fannedOut, EngineSettings.DEFAULTS, this::limitsOf, clock);
        PromQueryRequest request = new PromQueryRequest(
                List.of(A),
                "sum({__name__=~\"up|down\"})",
                new StepGrid(0, 3_000_000, 100_000),
                OptionalLong.empty(),
                NOW.plusSeconds(28));
        Limit<Long> series = MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY;
        Limit<Long> bytes = MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY;
        for (PrometheusQueries any : List.of(queries, inPieces)) {
            // two series in three units of one byte
            limits = TenantLimits.DEFAULTS.with(series, 2L).with(bytes, 3L);
            assertThat(any.answer(request).result()).isInstanceOf(PromResult.Matrix.class);
            limits = TenantLimits.DEFAULTS.with(series, 1L);
            assertThatThrownBy(() -> any.answer(request))
                    .hasMessage("the query reads more than the 1 series that max_fetched_series_per_query allows"
                            + " (err-mimir-max-series-per-query): narrow its selectors or its time range");
            limits = TenantLimits.DEFAULTS.with(bytes, 2L);
            assertThatThrownBy(() -> any.answer(request))
                    .hasMessageContaining("(err-mimir-max-chunks-bytes-per-query)");
            limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_SAMPLES, 1L);
            assertThatThrownBy(() -> any.answer(request)).hasMessageContaining("too many samples");
        }
    }

    private static SeriesRequest everything() {
        return new SeriesRequest(
                List.of(A), List.of(), TimeRange.ofMillisInclusive(0, 1_000_000), 100, NOW.plusSeconds(28));
    }

    private static List<Double> valuesOf(PromResult result) {
        return ((PromResult.Vector) result)
                .samples().stream().map(PromResult.Sample::value).toList();
    }

    @Test
    void endsWithFaults() {
        PromQueryRequest late =
                new PromQueryRequest(List.of(A), "up", StepGrid.instant(0), OptionalLong.empty(), NOW.minusSeconds(1));
        assertThatThrownBy(() -> queries.answer(late))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.TIMEOUT));
    }

    @Test
    void severalTenants() {
        PromQueryRequest sum = new PromQueryRequest(
                List.of(A, B),
                "sum by (__tenant_id__) (up)",
                StepGrid.instant(45_000),
                OptionalLong.empty(),
                NOW.plusSeconds(28));
        assertThat(((PromResult.Vector) queries.answer(sum).result()).samples())
                .extracting(sample -> sample.labels().get("__tenant_id__") + "=" + sample.value())
                .containsExactlyInAnyOrder("a=4.0", "b=100.0");
        opened.clear();
        SeriesRequest ofB = new SeriesRequest(
                List.of(A, B),
                List.of(PromParser.parseSelector("{__tenant_id__=~\"b|c\"}")),
                TimeRange.ofMillisInclusive(0, 60_000),
                100,
                NOW.plusSeconds(28));
        assertThat(queries.series(ofB).items())
                .containsExactly(Labels.of("__name__", "up", "__tenant_id__", "b", "job", "b"));
        assertThat(queries.labelNames(ofB).items()).containsExactly("__name__", "__tenant_id__", "job");
        assertThat(queries.labelValues("__tenant_id__", ofB).items()).containsExactly("b");
        assertThat(opened).containsOnly("b1");
    }

    @Test
    void oneTenantIsNoLabel() {
        SeriesRequest ofA = new SeriesRequest(
                List.of(A),
                List.of(PromParser.parseSelector("{__tenant_id__=\"a\"}")),
                TimeRange.ofMillisInclusive(0, 60_000),
                100,
                NOW.plusSeconds(28));
        assertThat(queries.series(ofA).items()).isEmpty();
    }
}
