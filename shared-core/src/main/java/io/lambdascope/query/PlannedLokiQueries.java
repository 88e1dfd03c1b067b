package io.lambdascope.query;

import io.lambdascope.exec.logs.LogsExecutor;
import io.lambdascope.exec.logs.LogsSettings;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Answers LogQL within its tenants' limits, over one snapshot of the units each, here or fanned out as the executor's
/// planner decides. Over several tenants, streams carry the tenant they belong to as
/// [io.lambdascope.source.TenantLabel#NAME].
public final class PlannedLokiQueries implements LokiQueries {
    private static final Found<LogsUnits> NOTHING = Found.all(LogsUnits.of(List.of()));

    private final TenantUnits<LogsUnits> finder;
    private final LogsExecutor executor;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public PlannedLokiQueries(
            UnitFinder finder, LogsExecutor executor, TenantLimitsSource limits, InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.LOGS, LogsUnits::new);
        this.executor = executor;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public LokiAnswer answer(LokiQueryRequest request) {
        Instant began = clock.instant();
        CheckedLogQuery query = CheckedLogQuery.of(request.text());
        LogsAdmission admission = LogsAdmission.of(request.tenants(), limits, began);
        admission.checkLength(request.startNanos(), request.endNanos());
        LogsSettings settings = admission.settings();
        QueryBudget budget = new QueryBudget(settings.limits(), clock, request.deadline());
        LogsStats stats = new LogsStats();
        Found<LogsResult> found = query.isLogQuery()
                ? lines(query, request, admission, settings, budget, stats)
                : numbers(query, request, admission, settings, budget, stats);
        LokiStats took =
                new LokiStats(Duration.between(began, clock.instant()), stats, stats.keptLines(), (int) stats.pieces());
        return new LokiAnswer(found.items(), took, found.warnings());
    }

    private Found<LogsResult> lines(
            CheckedLogQuery query,
            LokiQueryRequest request,
            LogsAdmission admission,
            LogsSettings settings,
            QueryBudget budget,
            LogsStats stats) {
        if (request.isInstant()) {
            throw Fault.badRequest("log queries are not supported as an instant query type, please change your query"
                    + " to a range query type");
        }
        admission.checkEntries(request.limit());
        TimeRange range = admission.visible(new TimeRange(request.startNanos(), request.endNanos()));
        LineSearch search = new LineSearch(range, request.direction(), request.limit(), request.intervalNanos());
        Found<LogsUnits> units = find(request, range);
        return units.with(executor.search(query, search, settings, units.items(), budget, stats));
    }

    private Found<LogsResult> numbers(
            CheckedLogQuery query,
            LokiQueryRequest request,
            LogsAdmission admission,
            LogsSettings settings,
            QueryBudget budget,
            LogsStats stats) {
        NanoGrid grid = new NanoGrid(request.startNanos(), request.endNanos(), request.stepNanos());
        Optional<TimeRange> span = executor.span(query, grid).map(admission::visible);
        Found<LogsUnits> units = span.isEmpty() ? NOTHING : find(request, span.get());
        return units.with(executor.evaluate(query, grid, settings, units.items(), budget, stats));
    }

    private Found<LogsUnits> find(LokiQueryRequest request, TimeRange range) {
        return range.isEmpty() ? NOTHING : finder.findWithGaps(request.tenants(), range);
    }
}
