package io.lambdascope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.MetricsLimits;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryAdmissionTest {
    private static final long NOW = 1_000_000;

    private static QueryAdmission under(TenantLimits... limits) {
        return new QueryAdmission(List.of(limits), Instant.ofEpochMilli(NOW));
    }

    private static <T> TenantLimits with(io.lambdascope.limits.Limit<T> limit, T value) {
        return TenantLimits.DEFAULTS.with(limit, value);
    }

    @Test
    void defaultsAreThoseOfTheBudget() {
        assertThat(under(TenantLimits.DEFAULTS).budget()).isEqualTo(QueryBudget.Limits.DEFAULTS);
        StepGrid grid = new StepGrid(0, 5_000_000, 1000);
        assertThat(under(TenantLimits.DEFAULTS).admit("up", grid)).contains(grid);
        assertThat(under(TenantLimits.DEFAULTS).ofSeries(TimeRange.ALWAYS)).isEqualTo(TimeRange.ALWAYS);
    }

    @Test
    void theStrictestOfSeveralTenantsHolds() {
        TenantLimits a = with(MetricsLimits.MAX_SAMPLES, 10L)
                .with(MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY, 0L)
                .with(MetricsLimits.MAX_QUERY_LOOKBACK, Duration.ofSeconds(500));
        TenantLimits b = with(MetricsLimits.MAX_SAMPLES, 20L)
                .with(MetricsLimits.MAX_FETCHED_SERIES_PER_QUERY, 7L)
                .with(MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY, 0L)
                .with(MetricsLimits.COMPACTOR_BLOCKS_RETENTION_PERIOD, Duration.ofSeconds(400));
        assertThat(under(a, b).budget())
                .isEqualTo(new QueryBudget.Limits(
                        10, 7, MetricsLimits.MAX_FETCHED_CHUNK_BYTES_PER_QUERY.defaultValue(), NOW - 400_000));
        assertThat(under(b).budget().maxBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void stepsBeforeTheEarliestAreLeftOut() {
        QueryAdmission admission = under(with(MetricsLimits.MAX_QUERY_LOOKBACK, Duration.ofSeconds(100)));
        assertThat(admission.admit("up", new StepGrid(899_990, NOW, 20))).contains(new StepGrid(900_010, NOW, 20));
        assertThat(admission.admit("up", new StepGrid(900_000, NOW, 20))).contains(new StepGrid(900_000, NOW, 20));
        assertThat(admission.admit("up", new StepGrid(0, 899_999, 20))).isEmpty();
        assertThat(admission.admit("up", new StepGrid(0, 900_010, 800_000))).isEmpty();
        // an instant query is answered, over what may be looked at
        assertThat(admission.admit("up", StepGrid.instant(5))).contains(StepGrid.instant(5));
        assertThat(admission.ofSeries(TimeRange.ofMillisInclusive(0, NOW)))
                .isEqualTo(TimeRange.ofMillisInclusive(900_000, NOW));
        assertThat(admission.ofSeries(TimeRange.ofMillisInclusive(0, 5)).isEmpty())
                .isTrue();
    }

    @Test
    void requestsForSeriesAreShortened() {
        QueryAdmission admission = under(with(MetricsLimits.MAX_LABELS_QUERY_LENGTH, Duration.ofSeconds(60)));
        assertThat(admission.visible(TimeRange.ofMillisInclusive(0, 500_000)))
                .isEqualTo(TimeRange.ofMillisInclusive(0, 500_000));
        assertThat(admission.ofSeries(TimeRange.ofMillisInclusive(0, 500_000)))
                .isEqualTo(TimeRange.ofMillisInclusive(440_000, 500_000));
        assertThat(admission.ofSeries(TimeRange.ofMillisInclusive(450_000, 500_000)))
                .isEqualTo(TimeRange.ofMillisInclusive(450_000, 500_000));
    }

    @Test
    void tooLongIsRefused() {
        QueryAdmission admission = under(
                with(MetricsLimits.MAX_TOTAL_QUERY_LENGTH, Duration.ofSeconds(90)),
                with(MetricsLimits.MAX_QUERY_EXPRESSION_SIZE_BYTES, 5L));
        assertThat(admission.admit("up+up", new StepGrid(0, 90_000, 1000))).isPresent();
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> admission.admit("up", new StepGrid(0, 90_001, 1000)))
                .withMessage("the query covers 1m30s1ms, max_total_query_length allows 1m30s"
                        + " (err-mimir-max-total-query-length)")
                .extracting(Fault::kind)
                .isEqualTo(FaultKind.BAD_REQUEST);
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> admission.admit("ü+up+1", StepGrid.instant(0)))
                .withMessage("the query has 7 bytes, max_query_expression_size_bytes allows 5"
                        + " (err-mimir-max-query-expression-size-bytes)");
    }
}
