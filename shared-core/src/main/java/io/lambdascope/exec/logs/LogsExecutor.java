package io.lambdascope.exec.logs;

import io.lambdascope.exec.FanOut;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.plan.logs.LogsPlan;
import io.lambdascope.plan.logs.LogsPlan.LeafPiece;
import io.lambdascope.plan.logs.LogsPlan.SearchPiece;
import io.lambdascope.plan.logs.LogsPlanner;
import io.lambdascope.plan.logs.RangeLeaf;
import io.lambdascope.plan.logs.StepWindows;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.MetricExpr;
import io.lambdascope.result.LogsPartial;
import io.lambdascope.result.LogsPartialFormat;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Answers queries over units: plans, and then evaluates here, or sends pieces and goes on with what comes back. Both
/// ways run the same evaluation and give the same answer.
public final class LogsExecutor {
    private final LogsPlanner planner;
    private final LogsOpener opener;
    private final FanOut fanOut;

    /// @param opener for what is answered here
    public LogsExecutor(LogsPlanner planner, LogsOpener opener, FanOut fanOut) {
        this.planner = planner;
        this.opener = opener;
        this.fanOut = fanOut;
    }

    /// The time of all entries that a metric query may look at; empty if it reads none.
    public Optional<TimeRange> span(CheckedLogQuery query, NanoGrid grid) {
        return RangeLeaf.of(metricOf(query)).stream()
                .map(leaf -> new StepWindows(grid, leaf.range().range()).reads())
                .reduce(TimeRange::union);
    }

    /// The answer to a log query.
    ///
    /// @param units all that may hold entries inside `search.range()`
    /// @param stats counts what reading takes, wherever it is done
    /// @throws Fault BAD_QUERY if `query` is none; OVER_LIMIT, TIMEOUT by the budget; UNAVAILABLE if a piece failed
    ///     twice; what sources throw
    public LogsResult.Lines search(
            CheckedLogQuery query,
            LineSearch search,
            LogsSettings settings,
            LogsUnits units,
            QueryBudget budget,
            LogsStats stats) {
        if (!(query.expr() instanceof LogQuery lines)) {
            throw new Fault(FaultKind.BAD_QUERY, "a metric query is asked for lines: " + query.text());
        }
        return switch (planner.plan(lines, search, units)) {
            case LogsPlan.Inline(LogsUnits needed) ->
                new LogsEngine(settings).search(lines, search, reads(needed, budget, stats));
            case LogsPlan.Search(List<List<SearchPiece>> waves) ->
                Answers.lines(searched(query, search, waves, budget, stats));
            case LogsPlan.Leaves plan -> throw new IllegalStateException("no plan of a log query: " + plan);
        };
    }

    /// The answer to a metric query: for an instant grid a scalar or a vector, else a matrix.
    ///
    /// @param units all that may hold entries in [#span]
    /// @param stats counts what reading takes, wherever it is done
    /// @throws Fault BAD_QUERY if `query` is none or makes no sense over this grid; EXECUTION if it fails over
    ///     this data; OVER_LIMIT, TIMEOUT by settings and budget; UNAVAILABLE if a piece failed twice; what
    ///     sources throw
    public LogsResult evaluate(
            CheckedLogQuery query,
            NanoGrid grid,
            LogsSettings settings,
            LogsUnits units,
            QueryBudget budget,
            LogsStats stats) {
        MetricExpr expr = metricOf(query);
        return switch (planner.plan(expr, grid, units)) {
            case LogsPlan.Inline(LogsUnits needed) ->
                new LogsEngine(settings).evaluate(expr, grid, reads(needed, budget, stats));
            case LogsPlan.Leaves(List<LeafPiece> pieces) -> {
                Evaluation evaluation = fannedOut(query, grid, pieces, budget, stats);
                yield new LogsEngine(settings).answer(expr, evaluation);
            }
            case LogsPlan.Search plan -> throw new IllegalStateException("no plan of a metric query: " + plan);
        };
    }

    private static MetricExpr metricOf(CheckedLogQuery query) {
        if (query.expr() instanceof MetricExpr metric) {
            return metric;
        }
        throw new Fault(
                FaultKind.BAD_QUERY,
                "log queries are not supported as an instant query type, please change your query to a range query"
                        + " type");
    }

    private UnitReads reads(LogsUnits units, QueryBudget budget, LogsStats stats) {
        checkBytes(units.units(), budget);
        return new UnitReads(units, opener, budget, stats);
    }

    private static void checkBytes(List<Unit> units, QueryBudget budget) {
        long bytes = units.stream().distinct().mapToLong(Unit::bytes).sum();
        if (bytes > budget.limits().maxBytes()) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "the query would read too many bytes (query: %d, limit: %d); consider adding more specific stream"
                                    .formatted(bytes, budget.limits().maxBytes())
                            + " selectors or reduce the time range of the query");
        }
    }

    private List<LogsPartial.Found> searched(
            CheckedLogQuery query,
            LineSearch search,
            List<List<SearchPiece>> waves,
            QueryBudget budget,
            LogsStats stats) {
        Comparator<LogsPartial.Found> order = Comparator.comparingLong(
                        (LogsPartial.Found found) -> found.line().timeNanos())
                .thenComparing(LogsPartial.Found::source);
        List<LogsPartial.Found> lines = new ArrayList<>();
        for (List<SearchPiece> wave : waves) {
            checkBytes(
                    wave.stream()
                            .flatMap(piece -> piece.units().units().stream())
                            .toList(),
                    budget);
            stats.addPieces(wave.size());
            List<byte[]> requests = new ArrayList<>();
            for (SearchPiece piece : wave) {
                ScanTask.Work work = new ScanTask.Work.Search(search.within(piece.range()));
                requests.add(
                        task(query, work, piece.shard(), piece.units(), budget).encode());
            }
            List<LogsPartial.Found> found = new ArrayList<>();
            for (byte[] answer : fanOut.run(requests, budget.deadline())) {
                if (!(LogsPartialFormat.read(answer) instanceof LogsPartial.Lines partial)) {
                    throw Fault.corrupt("a search was not answered with lines");
                }
                stats.addCounts(partial.counts());
                found.addAll(partial.lines());
            }
            // lines of one stream and moment come from one piece, which knows their order
            found.sort(search.newestFirst() ? order.reversed() : order);
            lines.addAll(found);
            if (lines.size() >= search.limit()) {
                return lines.subList(0, search.limit());
            }
        }
        return lines;
    }

    private Evaluation fannedOut(
            CheckedLogQuery query, NanoGrid grid, List<LeafPiece> pieces, QueryBudget budget, LogsStats stats) {
        checkBytes(
                pieces.stream().flatMap(piece -> piece.units().units().stream()).toList(), budget);
        stats.addPieces(pieces.size());
        List<byte[]> requests = new ArrayList<>();
        for (LeafPiece piece : pieces) {
            ScanTask.Work work =
                    new ScanTask.Work.Leaf(piece.leaf().number(), piece.grid(), piece.firstStep(), piece.slice());
            requests.add(task(query, work, piece.shard(), piece.units(), budget).encode());
        }
        List<byte[]> answers = fanOut.run(requests, budget.deadline());
        Evaluation evaluation = new Evaluation(grid, budget);
        for (RangeLeaf leaf : RangeLeaf.of(metricOf(query))) {
            List<LogsPartial.Steps> partials = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (pieces.get(i).leaf().number() == leaf.number()) {
                    partials.add(steps(answers.get(i), budget, stats));
                }
            }
            evaluation.know(leaf, LeafReads.merged(leaf, grid, partials, budget));
        }
        return evaluation;
    }

    private static LogsPartial.Steps steps(byte[] answer, QueryBudget budget, LogsStats stats) {
        if (!(LogsPartialFormat.read(answer) instanceof LogsPartial.Steps partial)) {
            throw Fault.corrupt("a leaf of a metric query was not answered with steps");
        }
        stats.addCounts(partial.counts());
        budget.peakElsewhere(partial.steps().peakSamples());
        return partial;
    }

    private static ScanTask task(
            CheckedLogQuery query, ScanTask.Work work, Shard shard, LogsUnits units, QueryBudget budget) {
        Instant deadline = budget.deadline();
        long deadlineMillis = deadline.equals(Instant.MAX) ? Long.MAX_VALUE : deadline.toEpochMilli();
        return new ScanTask(query.text(), work, shard, budget.limits(), deadlineMillis, units);
    }
}
