package io.lambdascope.exec.logs;

import io.lambdascope.exec.ScanAnswer;
import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.result.LogsPartialFormat;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Runs pieces of plans: what the scan function does, and the same in this process.
public final class ScanExecutor implements ScanInvoker {
    private final LogsOpener opener;
    private final ObjectStore objects;
    private final Ids ids;
    private final InstantSource clock;

    /// @param objects where partials that are too large to be sent are left
    public ScanExecutor(LogsOpener opener, ObjectStore objects, Ids ids, InstantSource clock) {
        this.opener = opener;
        this.objects = objects;
        this.ids = ids;
        this.clock = clock;
    }

    /// Runs a task and answers as [ScanAnswer] says; a fault is an answer too.
    @Override
    public byte[] invoke(byte[] request) {
        try {
            byte[] partial = LogsPartialFormat.write(run(ScanTask.decode(request)));
            return ScanAnswer.partial(partial, objects, ScanAnswer.LEFT_PARTIALS + ids.next());
        } catch (Fault fault) {
            return ScanAnswer.fault(fault);
        }
    }

    private LogsPartial run(ScanTask task) {
        QueryBudget budget = new QueryBudget(task.limits(), clock, Instant.ofEpochMilli(task.deadlineMillis()));
        CheckedLogQuery query = CheckedLogQuery.of(task.text());
        LogsStats stats = new LogsStats();
        UnitReads reads = new UnitReads(task.units(), opener, budget, stats);
        return switch (task.work()) {
            case ScanTask.Work.Search(var search) -> {
                var lines = new LineSearcher(logQuery(query), reads, task.shard()).find(search);
                yield new LogsPartial.Lines(stats.counts(), lines);
            }
            case ScanTask.Work.Leaf work -> leaf(leafOf(query, work.number()), work, task, reads);
        };
    }

    private static LogsPartial leaf(RangeLeaf leaf, ScanTask.Work.Leaf work, ScanTask task, UnitReads reads) {
        if (!leaf.merges()) {
            var rows = SeriesRows.of(LeafReads.values(leaf, work.grid(), reads));
            return new LogsPartial.Steps(
                    reads.stats().counts(),
                    work.firstStep(),
                    SeriesRows.partial(rows, work.grid().steps(), reads.budget()));
        }
        SeriesStates states = LeafReads.states(leaf, work.grid(), reads, work.slice(), task.shard());
        int first = states.firstStep();
        return new LogsPartial.Steps(reads.stats().counts(), work.firstStep() + first, states.partial(first));
    }

    private static LogQuery logQuery(CheckedLogQuery query) {
        if (query.expr() instanceof LogQuery lines) {
            return lines;
        }
        throw new Fault(FaultKind.INTERNAL, "no log query: " + query.text());
    }

    private static RangeLeaf leafOf(CheckedLogQuery query, int number) {
        List<RangeLeaf> leaves = query.expr() instanceof MetricExpr metric ? RangeLeaf.of(metric) : List.of();
        if (number < 0 || number >= leaves.size()) {
            throw new Fault(
                    FaultKind.INTERNAL, "the query has %d leaves, asked for is %d".formatted(leaves.size(), number));
        }
        return leaves.get(number);
    }
}
