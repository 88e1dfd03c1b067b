package io.lambdascope.exec.metrics;

import io.lambdascope.exec.ScanAnswer;
import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.metrics.MetricsPlan.Leaf;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromWalk;
import io.lambdascope.result.Partial;
import io.lambdascope.result.PartialFormat;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Runs pieces of plans: what the scan function does, and the same in this process.
public final class ScanExecutor implements ScanInvoker {
    private final MetricsOpener opener;
    private final ObjectStore objects;
    private final Ids ids;
    private final InstantSource clock;

    public ScanExecutor(MetricsOpener opener, ObjectStore objects, Ids ids, InstantSource clock) {
        this.opener = opener;
        this.objects = objects;
        this.ids = ids;
        this.clock = clock;
    }

    /// Runs a task and answers as [ScanAnswer] says; a fault is an answer too.
    @Override
    public byte[] invoke(byte[] request) {
        try {
            byte[] partial = PartialFormat.write(run(ScanTask.decode(request)));
            return ScanAnswer.partial(partial, objects, ScanAnswer.LEFT_PARTIALS + ids.next());
        } catch (Fault fault) {
            return ScanAnswer.fault(fault);
        }
    }

    private Partial run(ScanTask task) {
        QueryBudget budget =
                new QueryBudget(task.settings().limits(), clock, Instant.ofEpochMilli(task.deadlineMillis()));
        PromExpr expr = CheckedQuery.of(task.text()).over(task.query());
        Leaf leaf = new Leaf(task.leaf(), part(expr, task.leaf()), task.kind());
        Piece piece = new Piece(leaf, task.grid(), 0, task.shard(), task.units());
        return new PieceRun(expr, task.query(), task.settings(), opener).run(piece, budget);
    }

    private static PromExpr part(PromExpr expr, int number) {
        List<PromExpr> parts = new ArrayList<>();
        PromWalk.forEach(expr, parts::add);
        if (number < 0 || number >= parts.size()) {
            throw new Fault(
                    FaultKind.INTERNAL, "the query has %d parts, asked for is %d".formatted(parts.size(), number));
        }
        return parts.get(number);
    }
}
