package io.lambdascope.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Right;
import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ResultCache;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.Bill;
import io.lambdascope.store.CostMeter;
import io.lambdascope.store.CostMeter.Operation;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MeteredObjectStore;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.testkit.metrics.MemoryMetricsSource;
import io.lambdascope.testkit.promql.StoredPlacement;
import io.lambdascope.time.TimeRange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Results of closed windows are kept: what is asked again is not read again, for whom it was and as long as it is so.
class ClosedWindowsTest {
    private static final Tenant A = new Tenant("team-a");
    private static final Tenant B = new Tenant("team-b");
    private static final Instant NOW = Instant.parse("2026-03-01T08:30:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Access ACCESS = Access.to(Set.of(A, B), Set.of(Right.READ));
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String SUM = "sum(requests_total - requests_total offset 1m)";
    private static final String CLOSED = "&start=2026-03-01T00:10:00Z&end=2026-03-01T07:50:00Z&step=60";

    @TempDir
    Path scratch;

    private final CostMeter meter = new CostMeter();
    private final List<Unit> units = new ArrayList<>();
    private final TreeSet<String> opened = new TreeSet<>();
    private final ObjectStore stored = new MemoryObjectStore(CLOCK);
    private final MetricsOpener opener = new StoredMetrics(new MeteredObjectStore(stored, meter), new BlockCache(1));
    private TenantLimits limits = TenantLimits.DEFAULTS;
    private PrometheusEndpoints endpoints;

    /// Four closed windows of two hours of each of two tenants, under the same ids, and the first half hour of the
    /// next, which is a segment.
    @BeforeEach
    void store() {
        for (Tenant tenant : List.of(A, B)) {
            for (int window = 0; window < 4; window++) {
                units.add(block(tenant, window));
            }
            MetricsBatch batch = new MetricsBatch();
            batch.startSeries(labels());
            batch.addSamples(counter(tenant, 8 * 240, 120));
            units.add(StoredPlacement.segment(tenant, batch));
        }
        MetricsExecutor executor = new MetricsExecutor(
                        new MetricsPlanner(PlanSettings.INLINE),
                        this::open,
                        new FanOut(ClosedWindowsTest::noScan, stored, CLOCK, 1))
                .withCache(new ResultCache(1 << 20));
        PlannedPrometheusQueries queries = new PlannedPrometheusQueries(
                (tenant, _, range) -> new Snapshot(
                        units.stream()
                                .filter(unit -> unit.tenant().equals(tenant)
                                        && unit.range().overlaps(range))
                                .toList(),
                        List.of()),
                executor,
                EngineSettings.DEFAULTS,
                _ -> limits,
                CLOCK);
        endpoints = new QueryEndpoints(queries);
    }

    private static byte[] noScan(byte[] request) {
        throw new IllegalStateException("nothing should be sent");
    }

    private MetricsSource open(Unit unit) {
        opened.add(unit.tenant().id() + "/" + (unit.isSegment() ? "segment" : unit.id()));
        return opener.open(unit);
    }

    private Unit block(Tenant tenant, int window) {
        MemoryMetricsSource source = new MemoryMetricsSource();
        source.add(labels(), counter(tenant, window * 480, 480));
        String prefix = "blocks/" + tenant.id() + "/" + window + "/";
        BlockInfo info = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, stored, scratch)
                .merge(List.of(source), new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true), prefix)
                .orElseThrow();
        return new Unit(
                "w" + window,
                tenant,
                Signal.METRICS,
                1,
                info.range(),
                Shard.ALL,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix(prefix, info.tables()));
    }

    private static Labels labels() {
        return Labels.of("__name__", "requests_total", "job", "api");
    }

    /// Samples by 15 s since midnight, of which the second tenant has ten times as many requests.
    private static SeriesSamples counter(Tenant tenant, int from, int count) {
        SeriesSamples samples = new SeriesSamples();
        for (int i = from; i < from + count; i++) {
            samples.add(MIDNIGHT.toEpochMilli() + 15_000L * i, i * (tenant.equals(A) ? 30.0 : 300.0));
        }
        return samples;
    }

    /// An answer, and what was read for it.
    private record Asked(int status, String body, Bill.Line gets, List<String> opened) {}

    private Asked ask(List<Tenant> tenants, String query, String time, Map<String, String> headers) {
        opened.clear();
        Bill before = meter.bill();
        String parameters = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + time;
        HttpRequest request =
                new HttpRequest("GET", Routes.PROMETHEUS + "query_range", parameters, headers, new byte[0]);
        PrometheusResponses responses = new PrometheusResponses(request);
        PrometheusRequests requests =
                new PrometheusRequests(Map.of(), request.parameters(), tenants, NOW, Duration.ofSeconds(28));
        HttpResponse response;
        try {
            response = Objects.requireNonNull(endpoints.byPath().get(request.path()))
                    .answer(new PrometheusCall(request, ACCESS, requests, responses));
        } catch (Fault fault) {
            response = responses.error(fault);
        }
        return new Asked(
                response.status(),
                new String(response.body(), StandardCharsets.UTF_8),
                meter.bill().since(before).line(Operation.S3_GET),
                List.copyOf(opened));
    }

    private Asked ask(String query, String time) {
        return ask(List.of(A), query, time, Map.of());
    }

    @Test
    void whatWasAskedIsNotReadAgain() {
        Asked first = ask(SUM, CLOSED);
        assertThat(first.gets.calls()).isGreaterThanOrEqualTo(4);
        assertThat(first.body).contains("\"120\"").doesNotContain("\"1200\"");
        Asked second = ask(SUM, CLOSED);
        assertThat(second.gets.calls()).isZero();
        assertThat(second.opened).isEmpty();
        assertThat(second.body).isEqualTo(first.body);
    }

    @Test
    void aWindowThatMovesReadsItsEnds() {
        ask(SUM, "&start=2026-03-01T01:00:00Z&end=2026-03-01T08:25:00Z&step=60");
        Asked later = ask(SUM, "&start=2026-03-01T01:05:00Z&end=2026-03-01T08:30:00Z&step=60");
        // the newest piece looks back into the window before it
        assertThat(later.opened).containsExactly("team-a/segment", "team-a/w0", "team-a/w3");
    }

    @Test
    void noStoreNeitherFindsNorKeeps() {
        Map<String, String> noStore = Map.of("cache-control", "no-cache, No-Store");
        Asked first = ask(List.of(A), SUM, CLOSED, noStore);
        Asked second = ask(SUM, CLOSED);
        Asked third = ask(List.of(A), SUM, CLOSED, noStore);
        assertThat(second.gets).isEqualTo(first.gets);
        assertThat(third.gets).isEqualTo(first.gets);
        assertThat(List.of(second.body, third.body)).containsOnly(first.body);
        assertThat(ask(List.of(A), SUM, CLOSED, Map.of("cache-control", "no-cache"))
                        .gets
                        .calls())
                .as("other directives change nothing")
                .isZero();
    }

    @Test
    void tenantsHaveTheirOwn() {
        Asked ofA = ask(List.of(A), SUM, CLOSED, Map.of());
        Asked ofB = ask(List.of(B), SUM, CLOSED, Map.of());
        assertThat(ofB.gets.calls()).isEqualTo(ofA.gets.calls());
        assertThat(ofB.body).contains("\"1200\"").doesNotContain("\"120\"");
        Asked both = ask(List.of(A, B), SUM, CLOSED, Map.of());
        assertThat(both.gets.calls()).isEqualTo(ofA.gets.calls() + ofB.gets.calls());
        assertThat(both.body).contains("\"1320\"");
        Asked byTenant = ask(List.of(A, B), "sum by (__tenant_id__) (requests_total)", CLOSED, Map.of());
        assertThat(byTenant.body).contains("\"__tenant_id__\":\"team-b\"");
    }

    @Test
    void deletedRowsAreGoneAtOnce() {
        Asked first = ask(SUM, CLOSED);
        units.replaceAll(unit -> unit.id().equals("w1")
                ? unit.without(List.of(new Deletion("d", "{job=\"api\"}", TimeRange.ALWAYS)))
                : unit);
        Asked second = ask(SUM, CLOSED);
        assertThat(second.body).isNotEqualTo(first.body);
        assertThat(second.opened)
                .as("w2 begins where w1 is looked back into")
                .containsExactly("team-a/w0", "team-a/w1", "team-a/w2");
    }

    @Test
    void limitsHoldAsIfNothingWereKept() {
        assertThat(ask(SUM, CLOSED).status).isEqualTo(200);
        limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY, 1L);
        assertThat(ask(SUM, CLOSED).body).contains("err-mimir-max-chunks-bytes-per-query");
        limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_SAMPLES, 470L);
        assertThat(ask(SUM, CLOSED).body)
                .as("enough for the 461 points of the answer, too little to work a piece out")
                .contains("too many samples");
    }

    @Test
    void whatMayNotBeLookedAtSoonIsNotKept() {
        limits = TenantLimits.DEFAULTS.with(MetricsLimits.MAX_QUERY_LOOKBACK, Duration.ofHours(6));
        Asked first = ask(SUM, CLOSED);
        assertThat(first.opened).containsExactly("team-a/w1", "team-a/w2", "team-a/w3");
        Asked second = ask(SUM, CLOSED);
        assertThat(second.opened).as("half past two lies in w1").containsExactly("team-a/w1");
        assertThat(second.body).isEqualTo(first.body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests_total - requests_total @ start()",
                "requests_total / requests_total @ end()",
                "rate(requests_total[5m]) * range()",
                "requests_total * 0 + start()",
                "sum_over_time((requests_total * end())[10m:1m] @ end())"
            })
    void whatDependsOnTheWholeQueryIsNotKept(String query) {
        Asked first = ask(query, CLOSED);
        assertThat(first.status).isEqualTo(200);
        assertThat(ask(query, CLOSED)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_over_time(rate(requests_total[5m])[20m:7m])",
                "requests_total offset 10m",
                "requests_total @ 1772330400 + time()",
                "sum_over_time(requests_total[step() * 3])",
                "topk(1, requests_total)",
                "histogram_quantile(0.9, requests_total)",
                "scalar(requests_total) + vector(step())"
            })
    void whatDoesNotIsKept(String query) {
        Asked first = ask(query, CLOSED);
        assertThat(first.status).isEqualTo(200);
        Asked second = ask(query, CLOSED);
        assertThat(second.body).isEqualTo(first.body);
        assertThat(second.opened).isEmpty();
    }
}
