package io.lambdascope.query;

import io.lambdascope.exec.logs.LogsSettings;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.LogQueryLimits;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.time.DurationText;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What limits make of a query for logs.
final class LogsAdmission {
    private final StrictestLimits limits;
    private final Instant now;

    private LogsAdmission(StrictestLimits limits, Instant now) {
        this.limits = limits;
        this.now = now;
    }

    /// @param now when the query came
    static LogsAdmission of(List<Tenant> tenants, TenantLimitsSource source, Instant now) {
        return new LogsAdmission(StrictestLimits.of(tenants, source), now);
    }

    /// @throws Fault BAD_REQUEST if a query covers more time than it may
    void checkLength(long startNanos, long endNanos) {
        long millis = endNanos / 1_000_000 - startNanos / 1_000_000;
        OptionalLong most = limits.millis(LogQueryLimits.MAX_QUERY_LENGTH);
        if (most.isPresent() && millis > most.getAsLong()) {
            throw Fault.badRequest(
                    "the query time range exceeds the limit (query length: %s, max_query_length: %s)",
                    DurationText.print(millis), DurationText.print(most.getAsLong()));
        }
    }

    /// @throws Fault BAD_REQUEST if more lines are asked for than may be
    void checkEntries(int limit) {
        OptionalLong most = limits.count(LogQueryLimits.MAX_ENTRIES_LIMIT_PER_QUERY);
        if (most.isPresent() && limit > most.getAsLong()) {
            throw Fault.badRequest(
                    "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)",
                    limit, most.getAsLong());
        }
    }

    /// What the query may use.
    LogsSettings settings() {
        long series = limits.count(LogQueryLimits.MAX_QUERY_SERIES).orElse(Integer.MAX_VALUE);
        QueryBudget.Limits room = LogsSettings.DEFAULTS.limits();
        return new LogsSettings(
                (int) Math.min(series, Integer.MAX_VALUE),
                new QueryBudget.Limits(room.maxSamples(), room.maxSeries(), room.maxBytes(), earliestMillis()));
    }

    /// The part of `asked` that may be looked at.
    TimeRange visible(TimeRange asked) {
        long fromNanos = Math.max(asked.fromNanos(), TimeRange.millisToNanos(earliestMillis()));
        return new TimeRange(Math.min(fromNanos, asked.toNanos()), asked.toNanos());
    }

    private long earliestMillis() {
        OptionalLong back = limits.millis(LogQueryLimits.MAX_QUERY_LOOKBACK);
        return back.isPresent() ? now.toEpochMilli() - back.getAsLong() : Long.MIN_VALUE;
    }
}
