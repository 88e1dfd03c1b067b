package io.lambdascope.plan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlan.LeafKind;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.DurationResolver;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPlannerTest {
    private static final long HOUR = 3_600_000;
    private static final StepGrid DAY = new StepGrid(0, 24 * HOUR, 60_000);
    private static final PlanSettings SMALL = new PlanSettings(0, 1000, 16, 4);

    /// One unit of 1,000 bytes for each two hours.
    private static List<Unit> units(List<String> names) {
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            units.add(new Unit(
                    "u" + i,
                    new Tenant("t"),
                    Signal.METRICS,
                    1,
                    TimeRange.ofMillisInclusive(2 * i * HOUR, 2 * (i + 1) * HOUR - 1),
                    Shard.ALL,
                    10,
                    1000,
                    MetricsFacts.of(names, 1000).encode(),
                    new Unit.Place.Inline(new byte[0])));
        }
        return units;
    }

    private static MetricsPlan plan(String text, StepGrid grid, PlanSettings settings) {
        CheckedQuery query = CheckedQuery.of(text);
        return new MetricsPlanner(settings)
                .plan(
                        DurationResolver.resolve(query.expr(), grid),
                        query.type(),
                        new TimeFrame(grid, 300_000, 60_000),
                        MetricsUnits.of(units(List.of("up", "requests_total"))));
    }

    private static List<Piece> pieces(String text) {
        return ((MetricsPlan.FanOut) plan(text, DAY, SMALL)).pieces();
    }

    @Test
    void littleDataIsReadHere() {
        PlanSettings large = new PlanSettings(1 << 20, 1000, 16, 4);
        assertThat(plan("sum(up)", DAY, large)).isInstanceOf(MetricsPlan.Inline.class);
    }

    @Test
    void unitsThatKnowNoSuchMetricAreNotRead() {
        MetricsPlan plan = plan("sum(down)", DAY, SMALL);
        assertThat(plan).isEqualTo(new MetricsPlan.Inline(MetricsUnits.of(List.of())));
    }

    @Test
    void unitsOutsideTheTimeAreNotRead() {
        MetricsPlan plan = plan("up offset 1h", StepGrid.instant(4 * HOUR), PlanSettings.INLINE);
        assertThat(((MetricsPlan.Inline) plan).units().units())
                .extracting(Unit::id)
                .containsExactly("u1");
    }

    @Test
    void piecesCoverEveryStepOnce() {
        List<Piece> pieces = pieces("sum(rate(requests_total[5m]))");
        assertThat(pieces).hasSizeGreaterThan(4);
        int next = 0;
        for (Piece piece : pieces) {
            if (piece.shard().index() == 0) {
                assertThat(piece.firstStep()).isEqualTo(next);
                assertThat(piece.grid().startMillis()).isEqualTo(DAY.atMillis(next));
                next += piece.grid().steps();
            }
            assertThat(piece.units().units()).hasSizeBetween(1, 3);
        }
        assertThat(next).isEqualTo(DAY.steps());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum by (job) (rate(up[5m]))                         | AGGREGATE
            avg(up)                                             | AGGREGATE
            topk(3, rate(up[5m]))                               | SELECTION
            abs(rate(up[5m])) * 2                               | SERIES
            histogram_quantile(0.9, sum by (le) (rate(up[5m]))) | AGGREGATE
            max_over_time(rate(up[5m])[1h:1m])                  | SERIES
            quantile(0.9, up)                                   | WHOLE
            up / on (job) requests_total                        | WHOLE
            max_over_time(sum(rate(up[5m]))[1h:1m])             | WHOLE
            absent(up)                                          | WHOLE
            info(up)                                            | WHOLE
            """)
    void whatIsSentIsAsMuchAsCanBe(String query, LeafKind kind) {
        MetricsPlan.FanOut plan = (MetricsPlan.FanOut) plan(query, DAY, SMALL);
        assertThat(plan.leaves())
                .singleElement()
                .extracting(MetricsPlan.Leaf::kind)
                .isEqualTo(kind);
    }

    @Test
    void aQuotientOfSumsSendsBoth() {
        MetricsPlan.FanOut plan = (MetricsPlan.FanOut) plan("sum(rate(up[5m])) / sum(requests_total)", DAY, SMALL);
        assertThat(plan.leaves()).extracting(MetricsPlan.Leaf::number).containsExactly(1, 5);
    }

    @Test
    void longRangesMakeLongPieces() {
        assertThat(pieces("sum(rate(requests_total[6h]))"))
                .extracting(Piece::firstStep)
                .containsOnly(0, DAY.steps() - 1);
    }
}
