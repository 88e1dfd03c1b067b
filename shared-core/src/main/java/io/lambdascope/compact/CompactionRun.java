package io.lambdascope.compact;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogChange;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.CommitOutcome;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.catalog.Setback;
import io.lambdascope.catalog.TakenSegments;
import io.lambdascope.catalog.Usage;
import io.lambdascope.fault.Fault;
import io.lambdascope.source.Unit;
import io.lambdascope.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run over one tenant and signal: a chain of commits, each based on the one before. When a commit is lost,
/// somebody else is at work on the same, and the rest of the steps do nothing.
final class CompactionRun {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionRun.class);

    /// Of each kind, so that all go into one commit.
    private static final int MOST_TIDIED = CatalogChange.MAX_ITEMS / 5;

    private final Catalog catalog;
    private final Cleaner cleaner;
    private final Keeper keeper;
    private final SignalCompactor compactor;
    private final long nowMillis;
    private final Deadline deadline;
    private final Duration claim;
    private CatalogState state;
    private boolean claimed;
    private int setAside;
    private boolean stopped;
    private CompactReport report = CompactReport.ONE_HEAD;

    /// @param nowMillis when the run began
    /// @param deadline when a merge that still runs is dropped
    /// @param claim for how long from each commit others are asked to keep away while there is something to merge
    CompactionRun(
            Catalog catalog,
            Cleaner cleaner,
            Keeper keeper,
            SignalCompactor compactor,
            CatalogState state,
            long nowMillis,
            Deadline deadline,
            Duration claim) {
        this.catalog = catalog;
        this.cleaner = cleaner;
        this.keeper = keeper;
        this.compactor = compactor;
        this.state = state;
        this.nowMillis = nowMillis;
        this.deadline = deadline;
        this.claim = claim;
    }

    CompactReport report() {
        return report;
    }

    /// Moves on the hour from which the head is read.
    void closeHours(long headHour) {
        if (headHour != state.headHour()) {
            commit(new CatalogChange().headHour(headHour));
        }
    }

    /// Deletes what has waited long enough, and notes what is known now about head and time. If there is something
    /// to merge, others are asked to keep away.
    void tidy(CompactionPlan plan) {
        setAside = plan.setAside();
        cleaner.deleteHeadItems(state.tenant(), state.signal(), plan.headItems());
        List<TakenSegments> forgotten = firstOf(plan.forgotten(), MOST_TIDIED);
        List<Garbage> garbage = firstOf(plan.garbage(), MOST_TIDIED);
        cleaner.deleteGarbage(garbage);
        CatalogChange change = new CatalogChange()
                .forget(forgotten)
                .cleaned(garbage)
                .narrow(firstOf(plan.narrowed(), MOST_TIDIED))
                .withdraw(firstOf(plan.applied(), MOST_TIDIED))
                .drop(firstOf(plan.dropped(), MOST_TIDIED));
        if (plan.headHour() != state.headHour()) {
            change.headHour(plan.headHour());
        }
        if (plan.quietUntilMillis() != state.quietUntilMillis()) {
            change.quietUntilMillis(plan.quietUntilMillis());
        }
        if (!plan.jobs().isEmpty() && claim.isPositive()) {
            change.busyUntilMillis(claimedUntilMillis());
            claimed = true;
        }
        commit(change);
    }

    private long claimedUntilMillis() {
        return deadline.clock().millis() + claim.toMillis();
    }

    /// Lets others in again. Who does not come to this is waited for until the claim is over, and no longer.
    void release() {
        if (!claimed) {
            return;
        }
        try {
            // not on the state that we know: if somebody has changed the catalog meanwhile, the claim still stands
            catalog.state(state.tenant(), state.signal())
                    .filter(now -> now.busyUntilMillis() == state.busyUntilMillis())
                    .ifPresent(now -> catalog.commit(now, new CatalogChange().busyUntilMillis(0)));
        } catch (Fault e) {
            LOG.warn("{} {} stays claimed: {}", state.tenant(), state.signal(), e.text());
        }
    }

    void expire(List<CatalogBlock> blocks) {
        for (int from = 0; from < blocks.size() && !stopped; from += CatalogChange.MAX_ITEMS) {
            List<CatalogBlock> some = blocks.subList(from, Math.min(blocks.size(), from + CatalogChange.MAX_ITEMS));
            if (commit(new CatalogChange().remove(some))) {
                report = report.plus(CompactReport.ofExpired(some.size()));
            }
        }
    }

    void merge(CompactionJob job) {
        if (stopped) {
            return;
        }
        List<WrittenBlock> written = new ArrayList<>();
        try {
            compactor.write(job, deadline, written::add);
        } catch (Fault e) {
            discard(written);
            switch (e.kind()) {
                case CORRUPT_DATA -> mergeTheRest(job, e);
                case TIMEOUT -> drop(job);
                default -> throw e;
            }
            return;
        }
        CatalogChange change = new CatalogChange()
                .add(written.stream().map(WrittenBlock::unit).toList())
                .remove(job.blocks())
                .take(job.segments().stream().map(Unit::id).toList());
        if (!job.segments().isEmpty()) {
            change.usage(counted(job, written));
        }
        if (claimed) {
            change.busyUntilMillis(claimedUntilMillis());
        }
        if (commit(change)) {
            report = report.plus(CompactReport.ofJob(written.size()));
        } else {
            discard(written);
        }
    }

    private Usage counted(CompactionJob job, List<WrittenBlock> written) {
        long items = written.stream().mapToLong(WrittenBlock::items).sum();
        long series = written.stream().mapToLong(WrittenBlock::series).max().orElse(0);
        long bytes = job.segments().stream().mapToLong(Unit::bytes).sum();
        LOG.info(
                "stored tenant={} signal={} items={} series={} bytes={} segments={}",
                job.tenant(),
                job.signal().text(),
                items,
                series,
                bytes,
                job.segments().size());
        return state.usage().plus(items, bytes, series, nowMillis);
    }

    /// Deletes blocks that will not count. What is left all the same is swept as orphaned.
    private void discard(List<WrittenBlock> written) {
        try {
            cleaner.deleteBlocks(
                    written.stream().map(block -> prefixOf(block.unit())).toList());
        } catch (Fault e) {
            LOG.warn("{} {}: blocks in vain are left: {}", state.tenant(), state.signal(), e.text());
        }
    }

    /// Time was up before the merge was done: remembers it, so that the next takes in less.
    private void drop(CompactionJob job) {
        Setback setback =
                JobLimits.after(state.setback(), job.level(), deadline.clock().millis());
        LOG.warn(
                "{} {}: dropped a merge of {} units, {} bytes, into level {}, for lack of time; {} of late, so that the next"
                        + " takes in less",
                job.tenant(),
                job.signal(),
                job.units().size(),
                job.units().stream().mapToLong(Unit::bytes).sum(),
                job.level(),
                setback.count());
        commit(new CatalogChange().setback(setback));
        stopForTime();
    }

    /// Finds what does not read by halving, so that it keeps nothing else from being merged.
    private void mergeTheRest(CompactionJob job, Fault fault) {
        List<CompactionJob> halves = job.halves();
        if (halves.isEmpty()) {
            setAside(job, fault);
        } else {
            halves.forEach(this::merge);
        }
    }

    /// From here on queries answer without the job's only unit, and say so.
    private void setAside(CompactionJob job, Fault fault) {
        Unit unit = job.units().getFirst();
        if (setAside >= SetAside.MOST) {
            Keeper.warnOfTooMany(unit, fault.text());
            report = report.plus(CompactReport.FAILED);
            return;
        }
        SetAside aside = keeper.keep(unit, fault.text(), nowMillis);
        CatalogChange change = job.blocks().isEmpty()
                ? new CatalogChange().setAside(aside)
                : new CatalogChange().setAside(job.blocks().getFirst(), aside);
        if (claimed) {
            change.busyUntilMillis(claimedUntilMillis());
        }
        if (commit(change)) {
            setAside++;
            report = report.plus(CompactReport.SET_ASIDE);
            Keeper.warnOf(aside);
        }
    }

    /// Looks for orphans. What was said about the quiet stays true.
    void sweep(Duration orphanAge) {
        if (stopped) {
            return;
        }
        int _ = cleaner.sweepOrphans(state.tenant(), state.signal(), nowMillis - orphanAge.toMillis());
        commit(new CatalogChange().sweptMillis(nowMillis));
    }

    void stopForTime() {
        if (!stopped) {
            stopped = true;
            report = report.plus(CompactReport.ofUnfinished(1));
        }
    }

    private boolean commit(CatalogChange change) {
        if (stopped) {
            return false;
        }
        if (change.isEmpty()) {
            return true;
        }
        return switch (catalog.commit(state, change)) {
            case CommitOutcome.Committed(CatalogState after) -> {
                state = after;
                yield true;
            }
            case CommitOutcome.Stale() -> {
                stopped = true;
                report = report.plus(CompactReport.LOST);
                yield false;
            }
        };
    }

    private static String prefixOf(Unit block) {
        return ((Unit.Place.Prefix) block.place()).prefix();
    }

    private static <T> List<T> firstOf(List<T> all, int most) {
        return new ArrayList<>(all.subList(0, Math.min(all.size(), most)));
    }
}
