package io.lambdascope.compact;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.RegisteredHead;
import io.lambdascope.catalog.TenantRegistry;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadStore;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compaction. May be killed at any moment and may run twice at once: every change is one commit, which fails
/// if the catalog has changed since it was planned, and nothing that counts is deleted before it.
public final class CompactService {
    private static final Logger LOG = LoggerFactory.getLogger(CompactService.class);

    private static final long HOUR_MILLIS = 3_600_000L;

    private final CompactSettings settings;
    private final Catalog catalog;
    private final TenantRegistry registry;
    private final CompactionPlanner planner;
    private final SnapshotReader reader;
    private final Cleaner cleaner;
    private final Keeper keeper;
    private final Map<Signal, SignalCompactor> compactors = new EnumMap<>(Signal.class);
    private final Retention retention;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param compactors one for each signal that is compacted
    public CompactService(
            CompactSettings settings,
            Catalog catalog,
            TenantRegistry registry,
            HeadStore head,
            ObjectStore objects,
            Collection<? extends SignalCompactor> compactors,
            Retention retention,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.catalog = catalog;
        this.registry = registry;
        this.planner = new CompactionPlanner(settings);
        this.reader = new SnapshotReader(catalog, head, planner);
        this.cleaner = new Cleaner(catalog, head, objects);
        this.keeper = new Keeper(objects);
        compactors.forEach(compactor -> this.compactors.put(compactor.signal(), compactor));
        this.retention = retention;
        this.clock = clock;
        this.random = random;
    }

    /// Does what `request` asks for.
    ///
    /// @param deadline when the caller will be stopped
    /// @throws Fault UNAVAILABLE if not even the list of tenants can be read. Of several tenants, what goes
    ///     wrong with one is logged and counted, and does not keep the others waiting.
    public CompactReport compact(CompactRequest request, Instant deadline) {
        return request.only()
                .map(head -> compact(head.tenant(), head.signal(), request.ahead(), deadline))
                .orElseGet(() -> compactAll(request.ahead(), deadline));
    }

    /// They come in random order, so that none is always the one for which there is no time left.
    private CompactReport compactAll(Duration ahead, Instant deadline) {
        List<RegisteredHead> heads = new ArrayList<>(registry.all());
        Collections.shuffle(heads, random);
        CompactReport report = CompactReport.NOTHING;
        for (int i = 0; i < heads.size(); i++) {
            if (isTimeUp(deadline)) {
                return report.plus(CompactReport.ofUnfinished(heads.size() - i));
            }
            report = report.plus(compactOrReport(heads.get(i), ahead, deadline));
        }
        cleaner.sweepHead(Math.floorDiv(clock.millis() - settings.orphanAge().toMillis(), HOUR_MILLIS));
        return report;
    }

    private CompactReport compactOrReport(RegisteredHead head, Duration ahead, Instant deadline) {
        try {
            return compact(head.tenant(), head.signal(), ahead, deadline);
        } catch (Fault e) {
            LOG.warn("compaction of {} {} ended with {}: {}", head.tenant(), head.signal(), e.kind(), e.text());
            return CompactReport.ONE_HEAD.plus(CompactReport.FAILED);
        }
    }

    private CompactReport compact(Tenant tenant, Signal signal, Duration ahead, Instant deadline) {
        Optional<CatalogState> state = catalog.state(tenant, signal);
        if (state.isEmpty()) {
            return CompactReport.NOTHING;
        }
        long nowMillis = clock.millis();
        if (nowMillis < state.get().busyUntilMillis()) {
            return CompactReport.BUSY;
        }
        SignalCompactor compactor = compactorOf(signal);
        List<ArrivedSegment> arrived = reader.arrived(state.get(), nowMillis);
        CompactionRun run = new CompactionRun(
                catalog,
                cleaner,
                keeper,
                compactor,
                state.get(),
                nowMillis,
                new Deadline(clock, deadline.minus(settings.commitReserve())),
                settings.claim());
        if (arrived.isEmpty() && nowMillis + ahead.toMillis() < state.get().quietUntilMillis()) {
            run.closeHours(planner.headHour(state.get().headHour(), arrived, nowMillis));
            return run.report();
        }
        Duration kept = retention.of(tenant, signal);
        CompactionSnapshot snapshot = reader.read(state.get(), arrived, compactor, kept, nowMillis, ahead);
        CompactionPlan plan = planner.plan(snapshot, kept, nowMillis, ahead);
        try {
            run.tidy(plan);
            run.expire(plan.expired());
            for (CompactionJob job : plan.jobs()) {
                if (isTimeUp(deadline)) {
                    run.stopForTime();
                }
                run.merge(job);
            }
            if (nowMillis - snapshot.state().sweptMillis()
                    >= settings.sweepInterval().toMillis()) {
                run.sweep(settings.orphanAge());
            }
        } finally {
            run.release();
        }
        return run.report();
    }

    private SignalCompactor compactorOf(Signal signal) {
        SignalCompactor compactor = compactors.get(signal);
        if (compactor == null) {
            throw new Fault(FaultKind.UNSUPPORTED, "there is no compaction of " + signal.text());
        }
        return compactor;
    }

    private boolean isTimeUp(Instant deadline) {
        return clock.instant().plus(settings.jobReserve()).isAfter(deadline);
    }
}
