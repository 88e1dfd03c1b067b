package io.lambdascope.api.loki;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.logs.LogsExecutor;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.head.logs.LogsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.logs.LogsPlanner;
import io.lambdascope.query.LogFields;
import io.lambdascope.query.LogStreams;
import io.lambdascope.query.LokiQueries;
import io.lambdascope.query.PlannedLokiQueries;
import io.lambdascope.query.SampledLogFields;
import io.lambdascope.query.StoredLogPatterns;
import io.lambdascope.query.StoredLogStreams;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.logs.LogsFacts;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The asking side of an account over segments in memory, which hold a small fixed set of lines.
final class StoredLoki {
    /// When the lines begin.
    static final Instant START = Instant.parse("2023-11-14T22:00:00Z");

    /// When requests come.
    static final Instant NOW = START.plus(Duration.ofMinutes(30));

    static final Tenant TENANT = new Tenant("demo");
    static final Tenant OTHER = new Tenant("other");
    private static final Duration LONGEST = Duration.ofSeconds(28);
    private static final long MINED_BYTES = 1 << 20;

    private static final Labels CHECKOUT = Labels.of("service_name", "checkout", "env", "prod", "pod", "checkout-1");
    private static final Labels CART = Labels.of("service_name", "cart", "env", "prod", "build", "1234");

    private final Map<String, Segment> segments = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
    private final LokiApi api;

    /// Whose queries are answered by the engine.
    StoredLoki(TenantLimits limits) {
        this(limits, Optional.empty(), Optional.empty());
    }

    /// Whose queries are answered by somebody else.
    StoredLoki(TenantLimits limits, LokiQueries queries, LogFields fields) {
        this(limits, Optional.of(queries), Optional.of(fields));
    }

    private StoredLoki(TenantLimits limits, Optional<LokiQueries> canned, Optional<LogFields> cannedFields) {
        InstantSource clock = InstantSource.fixed(NOW);
        List<LogItem> checkout = new ArrayList<>();
        List<LogItem> cart = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean failed = i % 10 == 9;
            checkout.add(new LogItem(
                    CHECKOUT,
                    nanos(15L * i),
                    "level=%s msg=\"order %s\" order=%d took=%dms"
                            .formatted(failed ? "error" : "info", failed ? "failed" : "placed", 1000 + i, 10 + i),
                    Labels.of("detected_level", failed ? "error" : "info", "trace_id", "4bf92f%02d".formatted(i))));
            if (i % 4 == 0) {
                cart.add(new LogItem(
                        CART,
                        nanos(15L * i + 5),
                        "{\"user\":{\"id\":%d},\"items\":%d,\"paid\":%b}".formatted(7 + i % 3, i, i % 8 == 0),
                        Labels.of("detected_level", "unknown")));
            }
        }
        // the first half of checkout in one unit, the rest and cart in another
        store(TENANT, checkout.subList(0, 20));
        List<LogItem> rest = new ArrayList<>(checkout.subList(20, 40));
        rest.addAll(cart);
        store(TENANT, rest);
        store(OTHER, List.of(new LogItem(Labels.of("service_name", "other"), nanos(60), "hello", Labels.EMPTY)));

        UnitFinder finder = (tenant, signal, range) -> new Snapshot(
                units.stream()
                        .filter(unit -> unit.tenant().equals(tenant)
                                && unit.signal() == signal
                                && unit.range().overlaps(range))
                        .toList(),
                List.of());
        LogsOpener opener = unit -> new LogsSegmentSource(segments.get(unit.id()));
        TenantLimitsSource allLimits = TenantLimitsSource.same(limits);
        FanOut none = new FanOut(StoredLoki::refuse, new MemoryObjectStore(clock), clock, 1);
        LogsExecutor executor = new LogsExecutor(new LogsPlanner(PlanSettings.INLINE), opener, none);
        LokiQueries queries = canned.orElseGet(() -> new PlannedLokiQueries(finder, executor, allLimits, clock));
        LogFields fields = cannedFields.orElseGet(() -> new SampledLogFields(queries));
        LogStreams streams = new StoredLogStreams(finder, opener, allLimits, clock);
        this.api = new LokiApi(
                clock,
                LONGEST,
                List.of(
                        new LogQueryEndpoints(queries),
                        new StreamEndpoints(streams),
                        new VolumeEndpoints(streams),
                        new FieldEndpoints(fields),
                        new PatternEndpoints(new StoredLogPatterns(finder, opener, allLimits, clock, MINED_BYTES)),
                        new LokiServerEndpoints(allLimits, LONGEST)));
    }

    private static byte[] refuse(byte[] request) {
        throw new IllegalStateException("nothing should be sent");
    }

    private static long nanos(long seconds) {
        return START.plusSeconds(seconds).getEpochSecond() * 1_000_000_000;
    }

    private void store(Tenant tenant, List<LogItem> items) {
        String id = "unit-" + units.size();
        segments.put(id, LogsSegmentWriter.encode(tenant, LogItem.batch(items), 0, SegmentFormat.LEVEL_FAST));
        long first = items.stream().mapToLong(LogItem::timeNanos).min().orElseThrow();
        long last = items.stream().mapToLong(LogItem::timeNanos).max().orElseThrow();
        byte[] facts =
                LogsFacts.of(items.stream().map(LogItem::stream).toList(), 1024).encode();
        units.add(new Unit(
                id,
                tenant,
                Signal.LOGS,
                Unit.SEGMENT,
                new TimeRange(first, last + 1),
                Shard.ALL,
                items.size(),
                1000,
                facts,
                new Unit.Place.Inline(new byte[0])));
    }

    HttpResponse ask(HttpRequest request) {
        if (!(Routes.match(request.method(), request.path()) instanceof Match.Found found)) {
            throw new IllegalArgumentException("no route for %s %s".formatted(request.method(), request.path()));
        }
        return api.answer(request, found, Access.everything(TENANT));
    }
}
