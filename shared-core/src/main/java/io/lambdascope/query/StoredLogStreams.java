package io.lambdascope.query;

import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// Streams of one snapshot of the units each time, read in this process, one unit after the other.
public final class StoredLogStreams implements LogStreams {
    private final TenantUnits<LogsUnits> finder;
    private final LogsOpener opener;
    private final TenantLimitsSource limits;
    private final InstantSource clock;

    public StoredLogStreams(UnitFinder finder, LogsOpener opener, TenantLimitsSource limits, InstantSource clock) {
        this.finder = new TenantUnits<>(finder, Signal.LOGS, LogsUnits::new);
        this.opener = opener;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void forEach(SeriesRequest request, Consumer<StreamSummary> consumer) {
        TimeRange range =
                LogsAdmission.of(request.tenants(), limits, clock.instant()).visible(request.range());
        if (range.isEmpty()) {
            return;
        }
        QueryBudget budget = new QueryBudget(QueryBudget.Limits.NONE, clock, request.deadline());
        List<List<Matcher>> selectors = request.selectorsToRead();
        LogsUnits units = finder.find(request.tenants(), range).prune(_ -> selectors);
        LogsStats stats = new LogsStats();
        for (Unit unit : units.units()) {
            budget.checkDeadline();
            try (LogsSource source = units.open(unit, opener)) {
                for (List<Matcher> selector : selectors) {
                    for (StreamSummary stream : source.streams(LogsScan.of(selector, range), stats)) {
                        budget.checkDeadline();
                        consumer.accept(stream);
                    }
                }
            }
        }
    }
}
