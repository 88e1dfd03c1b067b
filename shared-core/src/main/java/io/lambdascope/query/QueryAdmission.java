package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.time.DurationText;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What limits make of a query. Of several tenants' limits the strictest holds.
final class QueryAdmission {
    private final StrictestLimits limits;
    private final Instant now;

    /// @param now when the query came
    QueryAdmission(List<TenantLimits> limits, Instant now) {
        this(new StrictestLimits(limits), now);
    }

    private QueryAdmission(StrictestLimits limits, Instant now) {
        this.limits = limits;
        this.now = now;
    }

    static QueryAdmission of(List<Tenant> tenants, TenantLimitsSource source, Instant now) {
        return new QueryAdmission(StrictestLimits.of(tenants, source), now);
    }

    /// What the query may use.
    QueryBudget.Limits budget() {
        return new QueryBudget.Limits(
                limits.count(MetricsLimits.MAX_SAMPLES).orElse(Long.MAX_VALUE),
                limits.count(MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY).orElse(Long.MAX_VALUE),
                limits.count(MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY).orElse(Long.MAX_VALUE),
                earliestMillis());
    }

    /// The steps that are evaluated: those before the earliest moment that may be looked at are left out, and if none
    /// are left there is nothing to answer.
    ///
    /// @throws Fault BAD_REQUEST if the query is longer, as text or in time, than it may be
    Optional<StepGrid> admit(String text, StepGrid asked) {
        checkSize(text);
        Optional<StepGrid> grid = asked.isInstant() ? Optional.of(asked) : notBefore(earliestMillis(), asked);
        grid.ifPresent(this::checkLength);
        return grid;
    }

    private void checkSize(String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        OptionalLong most = limits.count(MetricsLimits.MAX_QUERY_EXPRESSION_SIZE_BYTES);
        if (most.isPresent() && bytes > most.getAsLong()) {
            throw Fault.badRequest(
                    "the query has %d bytes, max_query_expression_size_bytes allows %d"
                            + " (err-mimir-max-query-expression-size-bytes)",
                    bytes, most.getAsLong());
        }
    }

    private void checkLength(StepGrid grid) {
        long millis = grid.endMillis() - grid.startMillis();
        OptionalLong most = limits.millis(MetricsLimits.MAX_TOTAL_QUERY_LENGTH);
        if (most.isPresent() && millis > most.getAsLong()) {
            throw Fault.badRequest(
                    "the query covers %s, max_total_query_length allows %s (err-mimir-max-total-query-length)",
                    DurationText.print(millis), DurationText.print(most.getAsLong()));
        }
    }

    private static Optional<StepGrid> notBefore(long earliestMillis, StepGrid grid) {
        if (grid.startMillis() >= earliestMillis) {
            return Optional.of(grid);
        }
        long skipped = Math.ceilDiv(earliestMillis - grid.startMillis(), grid.stepMillis());
        long start = grid.startMillis() + skipped * grid.stepMillis();
        return start > grid.endMillis()
                ? Optional.empty()
                : Optional.of(new StepGrid(start, grid.endMillis(), grid.stepMillis()));
    }

    /// The time in which series may be looked for.
    TimeRange ofSeries(TimeRange asked) {
        OptionalLong most = limits.millis(MetricsLimits.MAX_LABELS_QUERY_LENGTH);
        return visible(most.isPresent() ? notBefore(asked.lastMillis() - most.getAsLong(), asked) : asked);
    }

    /// The part of `asked` that may be looked at.
    TimeRange visible(TimeRange asked) {
        return notBefore(earliestMillis(), asked);
    }

    private static TimeRange notBefore(long earliestMillis, TimeRange range) {
        long fromNanos = Math.max(range.fromNanos(), TimeRange.millisToNanos(earliestMillis));
        return new TimeRange(Math.min(fromNanos, range.toNanos()), range.toNanos());
    }

    /// What is past its retention is not seen even where its block is still there, so that an answer does not depend
    /// on how blocks are cut.
    private long earliestMillis() {
        OptionalLong back =
                limits.millis(MetricsLimits.MAX_QUERY_LOOKBACK, MetricsLimits.COMPACTOR_BLOCKS_RETENTION_PERIOD);
        return back.isPresent() ? now.toEpochMilli() - back.getAsLong() : Long.MIN_VALUE;
    }
}
