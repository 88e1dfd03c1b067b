package io.lambdascope.functions.ingest;

import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.api.TokenVerifier;
import io.lambdascope.api.lambda.Deployment;
import io.lambdascope.api.loki.LokiPushApi;
import io.lambdascope.api.otlp.OtlpApi;
import io.lambdascope.api.otlp.logs.LogsExport;
import io.lambdascope.api.otlp.metrics.MetricsExport;
import io.lambdascope.api.prometheus.InfluxWriteApi;
import io.lambdascope.api.prometheus.RemoteWriteApi;
import io.lambdascope.aws.AwsStores;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.SegmentMerger;
import io.lambdascope.head.logs.LogsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.ingest.HeadService;
import io.lambdascope.ingest.PushService;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.RateLimiter;
import io.lambdascope.ingest.logs.LogsPush;
import io.lambdascope.ingest.logs.LogsRates;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsRates;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.store.Ids;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MemoryTable;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The services behind the functions of this module, made and warmed when the process starts.
@Startup
@ApplicationScoped
public class IngestWiring {
    private static final List<SegmentMerger> MERGERS = List.of(new MetricsSegmentMerger(), new LogsSegmentMerger());

    private final FrontDoor door;
    private final HeadService head;

    public IngestWiring() {
        Map<String, String> environment = System.getenv();
        InstantSource clock = InstantSource.system();
        AwsStores stores = AwsStores.open(environment, clock, new SecureRandom());
        this.door = door(
                Deployment.verifier(environment),
                new PushService(stores.queue(), stores.head(), PushSettings.DEFAULTS),
                stores.limits(),
                new RateLimiter(stores.catalogTable(), clock),
                clock);
        this.head = new HeadService(stores.head(), MERGERS);
        stores.warmUp();
        rehearse(clock, stores.ids());
    }

    FrontDoor door() {
        return door;
    }

    HeadService head() {
        return head;
    }

    private static FrontDoor door(
            TokenVerifier verifier,
            PushService pushes,
            TenantLimitsSource limits,
            RateLimiter rates,
            InstantSource clock) {
        MetricsPush metrics = new MetricsPush(pushes, limits, new MetricsRates(rates), clock);
        LogsPush logs = new LogsPush(pushes, limits, new LogsRates(rates), clock);
        OtlpApi otlp = new OtlpApi(
                Map.of("metrics", new MetricsExport(metrics, limits), "logs", new LogsExport(logs, limits, clock)),
                limits);
        return new FrontDoor(
                Function.INGEST,
                verifier,
                Map.of(
                        Api.REMOTE_WRITE,
                        new RemoteWriteApi(metrics, limits),
                        Api.INFLUX,
                        new InfluxWriteApi(metrics, limits, clock),
                        Api.LOKI_PUSH,
                        new LokiPushApi(logs, limits),
                        Api.OTLP,
                        otlp));
    }

    /// Takes samples and log lines all the way, by each protocol, over stores in memory, so that the first real ones
    /// find their
    /// classes loaded.
    private static void rehearse(InstantSource clock, Ids ids) {
        MemoryQueue queue = new MemoryQueue(clock, Duration.ofMinutes(1));
        HeadStore head = new HeadStore(
                new MemoryTable(),
                new MemoryObjectStore(clock),
                (tenant, signal) -> {},
                ids,
                clock,
                HeadSettings.DEFAULTS);
        FrontDoor door = door(
                TokenVerifier.none(new Tenant("rehearsal")),
                new PushService(queue, head, PushSettings.DEFAULTS),
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                new RateLimiter(new MemoryTable(), clock),
                clock);
        for (HttpRequest push : Rehearsal.pushes(clock)) {
            HttpResponse answer = door.answer(push);
            if (answer.status() >= 300) {
                throw new IllegalStateException("the rehearsal of %s was answered %d: %s"
                        .formatted(push.path(), answer.status(), new String(answer.body(), StandardCharsets.UTF_8)));
            }
        }
        List<HeadService.Message> messages = queue.receive(10, 0).stream()
                .map(message -> new HeadService.Message(message.id(), message.body()))
                .toList();
        new HeadService(head, MERGERS).handle(messages);
    }
}
