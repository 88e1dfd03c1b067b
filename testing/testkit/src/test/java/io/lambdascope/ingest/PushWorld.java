package io.lambdascope.ingest;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.loki.LokiPushApi;
import io.lambdascope.api.otlp.OtlpApi;
import io.lambdascope.api.otlp.logs.LogsExport;
import io.lambdascope.api.otlp.metrics.MetricsExport;
import io.lambdascope.api.prometheus.InfluxWriteApi;
import io.lambdascope.api.prometheus.RemoteWriteApi;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.head.logs.LogsSegmentMerger;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.ingest.logs.LogsPush;
import io.lambdascope.ingest.logs.LogsRates;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsRates;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.store.MemoryQueue;
import io.lambdascope.store.MemoryTable;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.metrics.BatchText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The writing half of an account in memory: push, queue and head, on stores whose calls can be made to fail.
public final class PushWorld {
    public static final Instant NOW = Instant.parse("2026-11-20T13:30:00Z");

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final MemoryObjectStore objects = new MemoryObjectStore(clock);
    private final MemoryQueue queue = new MemoryQueue(clock, Duration.ofSeconds(30));
    private final Set<Integer> failing;
    private final boolean after;
    private TenantLimits limits = TenantLimits.DEFAULTS;
    private int calls;
    private int ids;

    private final HeadStore head;
    private final HeadService service;
    private final Map<Api, FrontDoor.Endpoint> endpoints;

    public PushWorld(PushSettings pushSettings, HeadSettings headSettings) {
        this(pushSettings, headSettings, Set.of(), false);
    }

    /// @param failing numbers of the calls to any store that fail, counted from 0
    /// @param after whether they fail after having taken effect, or instead
    public PushWorld(PushSettings pushSettings, HeadSettings headSettings, Set<Integer> failing, boolean after) {
        this.failing = failing;
        this.after = after;
        this.head = new HeadStore(
                faulty(Table.class, new MemoryTable()),
                faulty(ObjectStore.class, objects),
                (_, _) -> {},
                () -> "id" + ids++,
                clock,
                headSettings);
        this.service = new HeadService(head, List.of(new MetricsSegmentMerger(), new LogsSegmentMerger()));
        PushService pushes = new PushService(faulty(MessageQueue.class, queue), head, pushSettings);
        RateLimiter limiter = new RateLimiter(new MemoryTable(), clock);
        TenantLimitsSource ofAll = _ -> limits;
        MetricsPush metrics = new MetricsPush(pushes, ofAll, new MetricsRates(limiter), clock);
        LogsPush logs = new LogsPush(pushes, ofAll, new LogsRates(limiter), clock);
        this.endpoints = Map.of(
                Api.REMOTE_WRITE,
                new RemoteWriteApi(metrics, ofAll),
                Api.INFLUX,
                new InfluxWriteApi(metrics, ofAll, clock),
                Api.LOKI_PUSH,
                new LokiPushApi(logs, ofAll),
                Api.OTLP,
                new OtlpApi(
                        Map.of(
                                "metrics",
                                new MetricsExport(metrics, ofAll),
                                "logs",
                                new LogsExport(logs, ofAll, clock)),
                        ofAll));
    }

    private <T> T faulty(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, args) -> {
            boolean fails = failing.contains(calls++);
            if (fails && !after) {
                throw new Fault(FaultKind.UNAVAILABLE, "injected before " + method.getName());
            }
            try {
                Object result = method.invoke(store, args);
                if (fails) {
                    throw new Fault(FaultKind.UNAVAILABLE, "injected after " + method.getName());
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }));
    }

    /// Changes the limits of all tenants.
    public void limits(TenantLimits newLimits) {
        limits = newLimits;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    public HttpResponse push(Tenant tenant, byte[] body) {
        return push(tenant, body, Map.of("content-type", "application/x-protobuf", "content-encoding", "snappy"));
    }

    public HttpResponse push(Tenant tenant, byte[] body, Map<String, String> headers) {
        return push(tenant, new HttpRequest("POST", "/api/v1/push", "", headers, body));
    }

    public HttpResponse push(Tenant tenant, HttpRequest request) {
        return answer(Access.everything(tenant), request);
    }

    /// OTLP's `POST /v1/metrics`.
    public HttpResponse export(Access access, byte[] body, Map<String, String> headers) {
        return answer(access, new HttpRequest("POST", "/v1/metrics", "", headers, body));
    }

    /// OTLP's `POST /v1/logs`.
    public HttpResponse exportLogs(Access access, byte[] body, Map<String, String> headers) {
        return answer(access, new HttpRequest("POST", "/v1/logs", "", headers, body));
    }

    private HttpResponse answer(Access access, HttpRequest request) {
        Match.Found found = (Match.Found) Routes.match(request.method(), request.path());
        return endpoints.get(found.route().api()).answer(request, found, access);
    }

    /// What the event source does once: receives, hands over, deletes what was not reported as failed. What failed is
    /// delivered again after its visibility timeout, which then has passed.
    ///
    /// @return whether something was received
    public boolean deliver() {
        List<MessageQueue.Received> received = queue.receive(10, 0);
        if (received.isEmpty()) {
            return false;
        }
        Set<String> failed = service.handle(received.stream()
                .map(message -> new HeadService.Message(message.id(), message.body()))
                .toList());
        queue.delete(received.stream()
                .filter(message -> !failed.contains(message.id()))
                .map(MessageQueue.Received::receipt)
                .toList());
        now = now.plusSeconds(31);
        return true;
    }

    public List<Unit> units(Tenant tenant) {
        return units(tenant, Signal.METRICS);
    }

    public List<Unit> units(Tenant tenant, Signal signal) {
        long hour = head.currentHour();
        return head.find(tenant, signal, hour - 2, hour);
    }

    /// Every log entry that a reader sees of a tenant, by stream and time.
    public List<LogItem> readLogs(Tenant tenant) {
        List<Segment> segments = units(tenant, Signal.LOGS).stream()
                .map(unit -> HeadStore.read(unit, objects))
                .toList();
        if (segments.isEmpty()) {
            return List.of();
        }
        try (LogsSegmentSource source = new LogsSegmentSource(new LogsSegmentMerger().merge(segments))) {
            return LogItem.read(source.scan(LogsScan.everything(), new Horizon(), new LogsStats()));
        }
    }

    public List<MetricsSource> sources(Tenant tenant) {
        List<MetricsSource> sources = new ArrayList<>();
        for (Unit unit : units(tenant)) {
            sources.add(new MetricsSegmentSource(HeadStore.read(unit, objects)));
        }
        return sources;
    }

    /// Everything that a reader sees of a tenant.
    public Map<String, List<String>> read(Tenant tenant) {
        List<MetricsCursor> cursors = sources(tenant).stream()
                .map(source -> source.scan(MetricsScan.everything()))
                .toList();
        try (MetricsCursor all = MergingCursor.of(cursors)) {
            return BatchText.all(all);
        }
    }

    public HeadService service() {
        return service;
    }

    public MemoryQueue queue() {
        return queue;
    }

    /// How many calls to a store there were.
    public int calls() {
        return calls;
    }
}
