package io.lambdascope.query;

import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.model.Signal;
import io.lambdascope.model.logs.LogEntries;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.logs.Horizon;
import io.lambdascope.source.logs.LogsCursor;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsScan;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.source.logs.LogsStats;
import io.lambdascope.source.logs.LogsUnits;
import io.lambdascope.source.logs.StreamSummary;
import io.lambdascope.time.TimeRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Patterns of stored lines, found when they are asked for: of a selection that is too large to be read while somebody
/// waits, the newest part is.
public final class StoredLogPatterns implements LogPatterns {
    private static final String LEVEL = "detected_level";
    private static final int MOST_GROUPS = 2000;

    private final TenantUnits<LogsUnits> finder;
    private final LogsOpener opener;
    private final TenantLimitsSource limits;
    private final InstantSource clock;
    private final long mostBytes;

    /// @param mostBytes how many bytes of lines are read for one answer
    public StoredLogPatterns(
            UnitFinder finder, LogsOpener opener, TenantLimitsSource limits, InstantSource clock, long mostBytes) {
        this.finder = new TenantUnits<>(finder, Signal.LOGS, LogsUnits::new);
        this.opener = opener;
        this.limits = limits;
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    @Override
    public List<LogPattern> patterns(SeriesRequest request, long stepNanos) {
        LogsAdmission admission = LogsAdmission.of(request.tenants(), limits, clock.instant());
        admission.checkLength(request.range().fromNanos(), request.range().toNanos());
        QueryBudget budget = new QueryBudget(QueryBudget.Limits.NONE, clock, request.deadline());
        TimeRange range = admission.visible(request.range());
        List<Matcher> selector = request.selectorsToRead().getFirst();
        LogsUnits units = finder.find(request.tenants(), range).prune(_ -> List.of(selector));
        List<LogsSource> sources = new ArrayList<>();
        try {
            for (Unit unit : units.units()) {
                budget.checkDeadline();
                sources.add(units.open(unit, opener));
            }
            PatternMiner miner = new PatternMiner(MOST_GROUPS, stepNanos);
            TimeRange newest = newest(sources, LogsScan.of(selector, range));
            for (LogsSource source : sources) {
                mine(source, scan(selector, newest), miner, budget);
            }
            return miner.patterns().stream()
                    .sorted(Comparator.comparingLong(LogPattern::total)
                            .reversed()
                            .thenComparing(LogPattern::text))
                    .limit(request.limit())
                    .toList();
        } finally {
            sources.forEach(LogsSource::close);
        }
    }

    private static LogsScan scan(List<Matcher> selector, TimeRange range) {
        LogsScan.Columns columns = new LogsScan.Columns(true, Set.of(LEVEL));
        return new LogsScan(selector, range, Shard.ALL, LogsScan.Hints.NONE, columns, LogsScan.Order.BY_STREAM);
    }

    /// The newest part of a scan's range that holds no more bytes than may be read, as far as is known without reading.
    private TimeRange newest(List<LogsSource> sources, LogsScan scan) {
        LogsStats stats = new LogsStats();
        List<StreamSummary> streams = sources.stream()
                .flatMap(source -> source.streams(scan, stats).stream())
                .toList();
        long from = scan.range().fromNanos();
        long to = scan.range().toNanos();
        long end = to;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (bytesOf(streams, new TimeRange(middle, end)) > mostBytes) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return new TimeRange(from, end);
    }

    private static double bytesOf(List<StreamSummary> streams, TimeRange range) {
        return streams.stream()
                .mapToDouble(stream -> StreamTotals.share(stream, range) * stream.bytes())
                .sum();
    }

    private static void mine(LogsSource source, LogsScan scan, PatternMiner miner, QueryBudget budget) {
        try (LogsCursor cursor = source.scan(scan, new Horizon(), new LogsStats())) {
            while (cursor.next()) {
                LogEntries entries = cursor.entries();
                for (int i = 0; i < entries.size(); i++) {
                    budget.checkDeadline();
                    miner.add(entries.line(i), entries.metadataOf(i).get(LEVEL), entries.times()[i]);
                }
            }
        }
    }
}
