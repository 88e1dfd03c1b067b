package io.lambdascope.compact;

import io.lambdascope.catalog.Catalog;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogChange;
import io.lambdascope.catalog.CatalogState;
import io.lambdascope.catalog.CommitOutcome;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.catalog.TakenSegments;
import io.lambdascope.catalog.Usage;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.source.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run over one tenant and signal: a chain of commits, each based on the one before. When a commit is lost,
/// somebody else is at work on the same, and the rest of the steps do nothing.
final class CompactionRun {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionRun.class);

    private final Catalog catalog;
    private final Cleaner cleaner;
    private final SignalCompactor compactor;
    private final long nowMillis;
    private CatalogState state;
    private boolean stopped;
    private CompactReport report = new CompactReport(1, 0, 0, 0, 0, 0, 0);

    /// @param nowMillis when the run began
    CompactionRun(Catalog catalog, Cleaner cleaner, SignalCompactor compactor, CatalogState state, long nowMillis) {
        this.catalog = catalog;
        this.cleaner = cleaner;
        this.compactor = compactor;
        this.state = state;
        this.nowMillis = nowMillis;
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

    /// Deletes what has waited long enough, and notes what is known now about head and time.
    void tidy(CompactionPlan plan) {
        cleaner.deleteHeadItems(state.tenant(), state.signal(), plan.headItems());
        List<TakenSegments> forgotten = firstOf(plan.forgotten(), CatalogChange.MAX_ITEMS / 2);
        List<Garbage> garbage = firstOf(plan.garbage(), CatalogChange.MAX_ITEMS / 2);
        cleaner.deleteGarbage(garbage);
        CatalogChange change = new CatalogChange().forget(forgotten).cleaned(garbage);
        if (plan.headHour() != state.headHour()) {
            change.headHour(plan.headHour());
        }
        if (plan.quietUntilMillis() != state.quietUntilMillis()) {
            change.quietUntilMillis(plan.quietUntilMillis());
        }
        commit(change);
    }

    void expire(List<CatalogBlock> blocks) {
        for (int from = 0; from < blocks.size() && !stopped; from += CatalogChange.MAX_ITEMS) {
            List<CatalogBlock> some = blocks.subList(from, Math.min(blocks.size(), from + CatalogChange.MAX_ITEMS));
            if (commit(new CatalogChange().remove(some))) {
                report = report.plus(new CompactReport(0, 0, 0, some.size(), 0, 0, 0));
            }
        }
    }

    void merge(CompactionJob job) {
        if (stopped) {
            return;
        }
        List<WrittenBlock> written;
        try {
            written = compactor.write(job);
        } catch (Fault e) {
            if (e.kind() != FaultKind.CORRUPT_DATA) {
                throw e;
            }
            mergeTheRest(job, e);
            return;
        }
        CatalogChange change = new CatalogChange()
                .add(written.stream().map(WrittenBlock::unit).toList())
                .remove(job.blocks())
                .take(job.segments().stream().map(Unit::id).toList());
        if (!job.segments().isEmpty()) {
            change.usage(counted(job, written));
        }
        if (commit(change)) {
            report = report.plus(new CompactReport(0, 1, written.size(), 0, 0, 0, 0));
        } else {
            cleaner.deleteBlocks(
                    written.stream().map(block -> prefixOf(block.unit())).toList());
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

    /// Finds the segments that do not read by halving, so that they do not keep the others in the head. They
    /// stay there themselves, and queries over them say so, until somebody has looked at them.
    private void mergeTheRest(CompactionJob job, Fault fault) {
        int count = job.segments().size();
        if (count > 1) {
            for (List<Unit> half :
                    List.of(job.segments().subList(0, count / 2), job.segments().subList(count / 2, count))) {
                merge(CompactionJob.ofHead(job.tenant(), job.signal(), half));
            }
            return;
        }
        LOG.error(
                "{} {}: cannot merge {}: {}",
                job.tenant(),
                job.signal(),
                job.units().stream().map(Unit::id).toList(),
                fault.text());
        report = report.plus(new CompactReport(0, 0, 0, 0, 0, 1, 0));
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
                report = report.plus(new CompactReport(0, 0, 0, 0, 1, 0, 0));
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
