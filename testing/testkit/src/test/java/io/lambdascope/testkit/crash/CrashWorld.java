package io.lambdascope.testkit.crash;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogFinder;
import io.lambdascope.catalog.Deletions;
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
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.SeriesDeletion;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.Table;
import io.lambdascope.testkit.store.AccountStores;
import io.lambdascope.testkit.store.FaultSchedule;
import io.lambdascope.testkit.store.InMemoryAccount;
import io.lambdascope.testkit.store.Injection;
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
import java.util.TreeSet;

/// The whole path of metrics over an account in memory, in functions that live until they are killed: push, head,
/// compact. Remembers what was sent and what was acknowledged; a [CrashReader] compares.
final class CrashWorld {
    static final Tenant A = new Tenant("crash");
    static final Tenant B = new Tenant("other");

    static final FaultSchedule.Plan NOTHING = (_, _) -> Injection.NONE;

    private static final Instant START = Instant.parse("2026-03-01T07:50:00Z");
    private static final int ATTEMPTS = 3;
    /// The seed of the ids of settled worlds.
    private static final long SETTLED = -1;
    private static final HeadSettings HEAD = new HeadSettings(200, Duration.ofDays(90));
    private static final MetricsBlockSettings BLOCKS =
            new MetricsBlockSettings(Duration.ofHours(8), 8192, 4 << 10, 64 << 10, 1, 10, 1024);

    private final InMemoryAccount account;
    private final FaultSchedule.Plan plan;
    private final Path scratch;
    private final List<FaultSchedule> schedules = new ArrayList<>();
    private final Map<String, Double> acknowledged = new TreeMap<>();
    private final Map<String, Double> sent = new TreeMap<>();
    private final Set<String> deleted = new TreeSet<>();
    private final Set<String> damaged = new TreeSet<>();

    private int calls;
    private Duration retention = Duration.ZERO;
    private Functions functions;

    private record Functions(
            AccountStores stores, MetricsPush push, HeadService head, CompactService compact, Deletions deletions) {}

    /// @param plan what happens to call number so-and-so of all functions together
    /// @param scratch an existing directory
    CrashWorld(FaultSchedule.Plan plan, Path scratch) {
        this(new InMemoryAccount(START, 1), plan, scratch);
    }

    private CrashWorld(InMemoryAccount account, FaultSchedule.Plan plan, Path scratch) {
        this.account = account;
        this.plan = plan;
        this.scratch = scratch;
        this.functions = start();
    }

    /// Another world that goes on from here by itself, with functions just started.
    ///
    /// @param seed not used before
    CrashWorld fork(long seed, FaultSchedule.Plan itsPlan) {
        CrashWorld fork = new CrashWorld(account.fork(seed), itsPlan, scratch);
        fork.acknowledged.putAll(acknowledged);
        fork.sent.putAll(sent);
        fork.deleted.addAll(deleted);
        fork.damaged.addAll(damaged);
        fork.retention = retention;
        return fork;
    }

    private Functions start() {
        FaultSchedule schedule = new FaultSchedule((_, call) -> plan.injectionFor(++calls, call));
        schedules.add(schedule);
        return functions(account.process(schedule));
    }

    private Functions functions(AccountStores stores) {
        TenantRegistry registry = new TenantRegistry(stores.catalog(), stores.clock());
        HeadStore head = new HeadStore(stores.head(), stores.objects(), registry, stores.ids(), stores.clock(), HEAD);
        MetricsPush push = new MetricsPush(
                new PushService(stores.queue(), head, new PushSettings(500)),
                TenantLimitsSource.same(TenantLimits.DEFAULTS),
                new MetricsRates(new RateLimiter(stores.catalog(), stores.clock())),
                stores.clock());
        CompactService compact = new CompactService(
                CompactSettings.DEFAULTS.with(
                        Duration.ofMinutes(5), 3, Duration.ofMinutes(10), CompactSettings.DEFAULTS.claim()),
                new Catalog(stores.catalog(), stores.clock()),
                registry,
                head,
                stores.objects(),
                List.of(new MetricsCompactor(
                        BLOCKS,
                        new StoredMetrics(stores.objects(), new BlockCache(1 << 20)),
                        stores.objects(),
                        stores.ids(),
                        scratch,
                        1)),
                (_, _) -> retention,
                stores.clock(),
                new SplittableRandom(1));
        Catalog catalog = new Catalog(stores.catalog(), stores.clock());
        Deletions deletions = new Deletions(catalog, new CatalogFinder(catalog, head, stores.clock()));
        return new Functions(
                stores, push, new HeadService(head, List.of(new MetricsSegmentMerger())), compact, deletions);
    }

    /// How many calls to stores there were so far.
    int calls() {
        return calls;
    }

    void advance(Duration duration) {
        account.clock().advance(duration);
    }

    /// From now on blocks are kept so long, and nobody expects what is older.
    void retain(Duration kept) {
        retention = kept;
    }

    /// An agent's push of one sample for each of `series` series, again when it is not acknowledged.
    void push(Tenant tenant, int series) {
        long at = account.clock().millis();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            MetricsBatch batch = new MetricsBatch();
            Map<String, Double> samples = new TreeMap<>();
            for (int i = 0; i < series; i++) {
                Labels labels = labelsOf(i);
                double value = at % 100_000 + i / 10.0;
                batch.startSeries(labels);
                batch.addSample(at, value);
                samples.put(nameOf(tenant, labels, at), value);
            }
            advance(Duration.ofMillis(1));
            sent.putAll(samples);
            if (survives(() -> {
                var _ = functions.push.push(tenant, batch);
            })) {
                acknowledged.putAll(samples);
                return;
            }
        }
    }

    /// The bytes of a segment in the head go bad, if there is one; nobody expects its samples any more.
    void damageOneSegment() {
        CrashReader reader = new CrashReader(this);
        reader.units().stream().filter(Unit::isSegment).findFirst().ifPresent(unit -> {
            reader.namesIn(unit).forEach(acknowledged::remove);
            damaged.add(unit.id());
            switch (unit.place()) {
                case Unit.Place.Inline(byte[] bytes) ->
                    account.head()
                            .putAll(account.head().all().stream()
                                    .filter(item -> item.key().sort().equals(unit.id()))
                                    .map(item -> new Table.Item(
                                            item.key(),
                                            Map.of("bytes", new Table.Attribute.Bytes(damaged(bytes, bytes.length))),
                                            0))
                                    .toList());
                case Unit.Place.Stretch(String key, long offset, int length) ->
                    account.objects().put(key, damaged(account.objects().get(key), Math.toIntExact(offset) + length));
                case Unit.Place.Prefix _ -> throw new AssertionError("a segment lies below no prefix");
            }
        });
    }

    /// @param end the byte before it is changed
    private static byte[] damaged(byte[] bytes, int end) {
        byte[] damaged = bytes.clone();
        damaged[end - 1] ^= 1;
        return damaged;
    }

    /// Somebody has series number `series` deleted, again when it is not acknowledged. From then on nobody expects
    /// it; it is gone unless a copy of it is still on its way, or comes again.
    void delete(Tenant tenant, int series) {
        Labels labels = labelsOf(series);
        List<String> meant = acknowledged.keySet().stream()
                .filter(name -> name.startsWith(tenant + " " + labels + "@"))
                .toList();
        meant.forEach(acknowledged::remove);
        String selection = SeriesDeletion.selectionOf(List.of(List.of(Matcher.equal("i", String.valueOf(series)))));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (survives(() -> functions.deletions.delete(tenant, Signal.METRICS, selection, TimeRange.ALWAYS))) {
                if (account.queue().depth() == 0 && schedules.stream().noneMatch(FaultSchedule::hasPending)) {
                    deleted.addAll(meant);
                }
                return;
            }
        }
    }

    private static Labels labelsOf(int series) {
        return Labels.of(Labels.NAME, "m", "i", String.valueOf(series));
    }

    static String nameOf(Tenant tenant, Labels labels, long millis) {
        return tenant + " " + labels + "@" + millis;
    }

    /// What the event source does until the queue has nothing visible. It is not ours and does not fail, but for the
    /// deletion of what was handled: then messages come again.
    void deliver() {
        List<MessageQueue.Received> received = account.queue().receive(10, 0);
        while (!received.isEmpty()) {
            List<MessageQueue.Received> batch = received;
            List<HeadService.Message> messages = batch.stream()
                    .map(message -> new HeadService.Message(message.id(), message.body()))
                    .toList();
            var _ = survives(() -> {
                Set<String> failed = functions.head.handle(messages);
                functions
                        .stores
                        .queue()
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

    /// A world that goes on from here with functions to which nothing happens: calls that were late have arrived,
    /// and messages that were on their way.
    CrashWorld settled() {
        schedules.forEach(FaultSchedule::settle);
        CrashWorld settled = fork(SETTLED, NOTHING);
        for (int i = 0; i < ATTEMPTS; i++) {
            settled.advance(InMemoryAccount.VISIBILITY_TIMEOUT.plusSeconds(1));
            settled.deliver();
        }
        return settled;
    }

    /// Value by tenant, series and moment.
    Map<String, Double> acknowledged() {
        return isExpected() ? acknowledged : Map.of();
    }

    /// Samples that nobody sees any more.
    Set<String> deleted() {
        return deleted;
    }

    /// Ids of segments that do not read, unless they were delivered again.
    Set<String> damaged() {
        return damaged;
    }

    Map<String, Double> sent() {
        return sent;
    }

    private boolean isExpected() {
        return retention.isZero() || account.clock().instant().isBefore(START.plus(retention));
    }

    InMemoryAccount account() {
        return account;
    }
}
