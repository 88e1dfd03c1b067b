package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.exec.metrics.EngineSettings;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.query.PlannedPrometheusQueries;
import io.lambdascope.query.PrometheusQueries;
import io.lambdascope.query.SampleReads;
import io.lambdascope.query.StoredCardinality;
import io.lambdascope.query.StoredMetricDetails;
import io.lambdascope.query.StoredSampleReads;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.testkit.metrics.SampleSplitter;
import io.lambdascope.testkit.promql.PromScript;
import io.lambdascope.testkit.promql.ScriptParser;
import io.lambdascope.testkit.promql.ScriptStore;
import io.lambdascope.testkit.promql.StoredPlacement;
import io.lambdascope.time.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The whole asking side of an account over segments and blocks in memory, which hold a small fixed set of data.
final class StoredPrometheus {
    /// When the data begins.
    static final Instant START = Instant.parse("2023-11-14T22:00:00Z");

    /// When requests come.
    static final Instant NOW = START.plus(Duration.ofHours(1));

    private static final Duration LONGEST = Duration.ofSeconds(28);
    private static final Path DATA = Path.of("src/test/resources/grafana/data.test");
    private static final Tenant TENANT = new Tenant("demo");
    private static final Tenant OTHER = new Tenant("other");

    private final FrontDoor door;

    /// @param scratch an existing directory that blocks are written in
    StoredPrometheus(PlanSettings plans, Path scratch) throws IOException {
        InstantSource clock = InstantSource.fixed(NOW);
        SampleSplitter splitter = new SampleSplitter(new SplittableRandom(5), 6);
        StoredPlacement.Layout layout = new StoredPlacement.Layout(splitter, 4, Duration.ofMinutes(20), 2);
        StoredPlacement.Placed placed = new StoredPlacement(layout, plans, scratch, clock)
                .store(Map.of(TENANT, samples(), OTHER, other()), false);
        List<Unit> units = new ArrayList<>(placed.units().units());
        units.add(StoredPlacement.segment(TENANT, details()));
        UnitFinder finder = (tenant, signal, range) -> new Snapshot(
                units.stream().filter(unit -> isIn(unit, tenant, signal, range)).toList(), List.of());
        MetricsExecutor executor = placed.executor();
        EngineSettings settings = EngineSettings.DEFAULTS;
        TenantLimitsSource limits = TenantLimitsSource.same(TenantLimits.DEFAULTS);
        PrometheusQueries queries = new PlannedPrometheusQueries(finder, executor, settings, limits, clock);
        Catalog catalog = new Catalog(new MemoryTable(), clock);
        PrometheusApi api = new PrometheusApi(
                clock,
                LONGEST,
                List.of(
                        new QueryEndpoints(queries),
                        new SeriesEndpoints(queries),
                        new MetricDetailEndpoints(new StoredMetricDetails(finder, executor, limits, clock)),
                        new CardinalityEndpoints(new StoredCardinality(finder, executor, clock), queries),
                        new ExpressionEndpoints(),
                        new RuleEndpoints(),
                        new ScrapeEndpoints(),
                        new TenantEndpoints(catalog, limits, clock),
                        new AdminEndpoints(new Deletions(catalog, finder)),
                        new StatusEndpoints(clock, settings.lookbackMillis(), LONGEST)));
        SampleReads reads = new StoredSampleReads(finder, executor, settings, limits, clock);
        door = new FrontDoor(
                Function.QUERY,
                _ -> Access.everything(TENANT),
                Map.of(
                        Api.PROMETHEUS,
                        api,
                        Api.REMOTE_READ,
                        new RemoteReadApi(reads, clock, LONGEST),
                        Api.FEDERATION,
                        new FederationApi(reads, clock, LONGEST),
                        Api.LOKI,
                        (request, _, _) -> HttpResponse.text(404, "no logs here: " + request.path())));
    }

    private static boolean isIn(Unit unit, Tenant tenant, Signal signal, TimeRange range) {
        return unit.tenant().equals(tenant)
                && unit.signal() == signal
                && unit.range().overlaps(range);
    }

    private static SortedMap<Labels, SeriesSamples> samples() throws IOException {
        ScriptStore store = new ScriptStore();
        PromScript script = ScriptParser.parse(DATA.toString(), Files.readString(DATA));
        script.commands().forEach(command -> store.load((PromScript.Load) command));
        SortedMap<Labels, SeriesSamples> moved = new TreeMap<>();
        store.samples().forEach((labels, samples) -> moved.put(labels, fromStart(samples)));
        return moved;
    }

    private static SeriesSamples fromStart(SeriesSamples samples) {
        SeriesSamples moved = new SeriesSamples();
        for (int i = 0; i < samples.size(); i++) {
            long at = START.toEpochMilli() + samples.timestamp(i);
            if (samples.histogram(i) == null) {
                moved.add(at, samples.value(i));
            } else {
                moved.add(at, samples.histogram(i));
            }
        }
        return moved;
    }

    private static SortedMap<Labels, SeriesSamples> other() {
        SeriesSamples samples = new SeriesSamples();
        samples.add(NOW.toEpochMilli() - 15_000, 7);
        return new TreeMap<>(Map.of(Labels.of("__name__", "up", "job", "other"), samples));
    }

    private static MetricsBatch details() {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(Labels.of("__name__", "http_request_duration_seconds_bucket", "job", "api", "le", "1"));
        long at = START.plusSeconds(600).toEpochMilli();
        batch.addExemplar(new Exemplar(Labels.of("trace_id", "4bf92f3577b34da6"), 0.42, at));
        batch.addExemplar(new Exemplar(Labels.of("trace_id", "00f067aa0ba902b7"), 0.99, at + 90_250));
        batch.addMetadata(
                new MetricMetadata("http_requests_total", MetricMetadata.Type.COUNTER, "Requests answered.", ""));
        batch.addMetadata(new MetricMetadata(
                "http_request_duration_seconds", MetricMetadata.Type.HISTOGRAM, "How long they took.", "seconds"));
        batch.addMetadata(new MetricMetadata("up", MetricMetadata.Type.GAUGE, "", ""));
        return batch;
    }

    HttpResponse ask(HttpRequest request) {
        return door.answer(request);
    }
}
