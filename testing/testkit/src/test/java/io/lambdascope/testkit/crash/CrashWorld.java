package io.lambdascope.testkit.crash;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.compact.CompactRequest;
import io.lambdascope.compact.CompactService;
import io.lambdascope.compact.CompactSettings;
import io.lambdascope.compact.metrics.MetricsCompactor;
import io.lambdascope.fault.Fault;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.ingest.HeadService;
import io.lambdascope.ingest.PushService;
import io.lambdascope.ingest.PushSettings;
import io.lambdascope.ingest.RateLimiter;
import io.lambdascope.ingest.metrics.MetricsPush;
import io.lambdascope.ingest.metrics.MetricsRates;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.testkit.store.AccountStores;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.InMemoryAccount;
import io.lambdascope.testkit.store.ProcessKilled;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The whole path of metrics over an account in memory, in functions that live until they are killed: push, head,
/// compact, and a reader to whom nothing happens.
final class CrashWorld {
    static final Tenant TENANT = new Tenant("crash");
    static final Instant START = Instant.parse("2026-03-01T07:50:00Z");

    private static final int ATTEMPTS = 3;
    private static final MetricsBlockSettings BLOCKS =
            new MetricsBlockSettings(Duration.ofHours(8), 8192, 4 << 10, 64 << 10, 1, 10, 1024);

    private final InMemoryAccount account;
    private final FaultSchedule.Plan plan;
    private final Path scratch;
    private final List<FaultSchedule> schedules = new ArrayList<>();
    private int calls;

    /// Value by series and moment of what was acknowledged, and of what was sent at all.
    private final Map<String, Double> acknowledged = new TreeMap<>();

    private final Map<String, Double> sent = new TreeMap<>();

    private Functions functions;

    private record Functions(FaultSchedule schedule, MetricsPush push, HeadService head, CompactService compact) {}

    /// @param plan what happens to call number so-and-so of all functions together
    CrashWorld(long seed, FaultSchedule.Plan plan, Path scratch) {
        this.account = new InMemoryAccount(START, seed);
        this.plan = plan;
        this.scratch = scratch;
        this.functions = start();
    }

    private Functions start() {
        FaultSchedule schedule = new FaultSchedule((_, call) -> plan.injectionFor(++calls, call));
        schedules.add(schedule);
        return functions(account.process(schedule), schedule);
    }

    private Functions functions(AccountStores stores, FaultSchedule schedule) {
        TenantRegistry registry = new TenantRegistry(stores.catalog(), stores.clock());
        HeadStore head = new HeadStore(
                stores.head(),
                stores.objects(),
                registry,
                stores.ids(),
                stores.clock(),
                new HeadSettings(300, Duration.ofDays(90)));
        MetricsPush push = new MetricsPush(
                new PushService(stores.queue(), head, new PushSettings(400)),
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                new MetricsRates(new RateLimiter(stores.catalog(), stores.clock())),
                stores.clock());
        CompactService compact = new CompactService(
                CompactSettings.DEFAULTS.with(Duration.ofMinutes(5), 3, Duration.ofMinutes(10)),
                new Catalog(stores.catalog(), stores.clock()),
                registry,
                head,
                stores.objects(),
                List.of(new MetricsCompactor(
                        BLOCKS,
                        new StoredMetrics(stores.objects(), new BlockCache(1 << 20)),
                        stores.objects(),
                        stores.ids(),
                        scratch)),
                (_, _) -> Duration.ZERO,
                stores.clock(),
                new SplittableRandom(1));
        return new Functions(schedule, push, new HeadService(head, List.of(new MetricsSegmentMerger())), compact);
    }

    /// How many calls to stores there were so far.
    int calls() {
        return calls;
    }

    void advance(Duration duration) {
        account.clock().advance(duration);
    }

    /// An agent's push of one sample for each of `series` series, again when it is not acknowledged.
    void push(int series) {
        long at = account.clock().millis();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            MetricsBatch batch = new MetricsBatch();
            Map<String, Double> samples = new TreeMap<>();
            for (int i = 0; i < series; i++) {
                Labels labels = Labels.of(Labels.NAME, "m", "i", String.valueOf(i));
                double value = at % 100_000 + i / 10.0;
                batch.startSeries(labels);
                batch.addSample(at, value);
                samples.put(labels + "@" + at, value);
            }
            sent.putAll(samples);
            if (survives(() -> {
                var _ = functions.push.push(TENANT, batch);
            })) {
                acknowledged.putAll(samples);
                return;
            }
        }
    }

    /// What the event source does until the queue has nothing visible.
    void deliver() {
        List<MessageQueue.Received> received = account.queue().receive(10, 0);
        while (!received.isEmpty()) {
            List<MessageQueue.Received> batch = received;
            List<HeadService.Message> messages = batch.stream()
                    .map(message -> new HeadService.Message(message.id(), message.body()))
                    .toList();
            var _ = survives(() -> {
                Set<String> failed = functions.head.handle(messages);
                account.queue()
                        .delete(batch.stream()
                                .filter(message -> !failed.contains(message.id()))
                                .map(MessageQueue.Received::receipt)
                                .toList());
            });
            received = account.queue().receive(10, 0);
        }
    }

    void compact() {
        var _ = survives(() -> {
            var _ = functions.compact.compact(
                    CompactRequest.ALL, account.clock().instant().plus(Duration.ofMinutes(15)));
        });
    }

    /// Whether `work` ended well; a process that was killed is replaced.
    private boolean survives(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Fault _) {
            return false;
        } catch (ProcessKilled _) {
            functions = start();
            return false;
        }
    }

    /// From here on nothing happens to anybody: what is on its way arrives, what is due is compacted.
    void settle() {
        schedules.forEach(FaultSchedule::settle);
        functions = functions(account.stores(), FaultSchedule.none());
        for (int i = 0; i < 4; i++) {
            advance(InMemoryAccount.VISIBILITY_TIMEOUT.plusSeconds(1));
            deliver();
        }
    }

    Map<String, Double> acknowledged() {
        return acknowledged;
    }

    Map<String, Double> sent() {
        return sent;
    }

    int deadLetters() {
        return account.deadLetters().receive(10, 0).size();
    }

    List<Unit> units() {
        AccountStores stores = account.stores();
        TenantRegistry registry = new TenantRegistry(stores.catalog(), stores.clock());
        HeadStore head = new HeadStore(
                stores.head(), stores.objects(), registry, stores.ids(), stores.clock(), HeadSettings.DEFAULTS);
        return new CatalogFinder(new Catalog(stores.catalog(), stores.clock()), head, stores.clock())
                .find(TENANT, Signal.METRICS, TimeRange.ALWAYS)
                .units();
    }

    /// What a reader sees: values by series and moment, one for each unit that holds them.
    Map<String, List<Double>> read() {
        StoredMetrics opener = new StoredMetrics(account.objects(), new BlockCache(1 << 20));
        Map<String, List<Double>> seen = new TreeMap<>();
        for (Unit unit : units()) {
            try (MetricsSource source = opener.open(unit);
                    MetricsCursor cursor = source.scan(MetricsScan.everything())) {
                while (cursor.next()) {
                    for (int i = 0; i < cursor.samples().size(); i++) {
                        seen.computeIfAbsent(
                                        cursor.labels() + "@" + cursor.samples().timestamp(i), _ -> new ArrayList<>())
                                .add(cursor.samples().value(i));
                    }
                }
            }
        }
        return seen;
    }
}
