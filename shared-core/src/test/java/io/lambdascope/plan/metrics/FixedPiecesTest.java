package io.lambdascope.plan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.plan.metrics.MetricsPlan.Piece;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.StepGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPiecesTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    /// A block of each length in hours, one behind the other.
    private static List<Unit> units(String hours) {
        List<Unit> units = new ArrayList<>();
        long from = 0;
        for (String length : hours.split(" ")) {
            long until = from + Long.parseLong(length) * HOUR;
            units.add(new Unit(
                    "from-" + from / HOUR,
                    new Tenant("t"),
                    Signal.METRICS,
                    1,
                    TimeRange.ofMillisInclusive(from, until - 1),
                    Shard.ALL,
                    10,
                    1000,
                    MetricsFacts.of(List.of("up"), 1000).encode(),
                    new Unit.Place.Inline(new byte[0])));
            from = until;
        }
        return units;
    }

    private static List<Piece> pieces(String text, StepGrid grid, String hours) {
        CheckedQuery query = CheckedQuery.of(text);
        return FixedPieces.of(query.over(grid), new TimeFrame(grid, 5 * MINUTE, MINUTE), MetricsUnits.of(units(hours)));
    }

    private static List<Long> startHours(List<Piece> pieces) {
        return pieces.stream().map(piece -> piece.grid().startMillis() / HOUR).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "windows of 2 h,             up,                 3,  11,    60,  2 2 2 2 2 2, 3 4 6 8 10",
        "a day is cut into thirds,   up,                 3,  30,    60,  24 2 2 2,    3 8 16 24 28",
        "long ranges,                rate(up[1h]),       3,  11,    60,  2 2 2 2 2 2, 3 4 8",
        "longer ranges,              rate(up[5h]),       3,  30,    60,  24 24,       3 24",
        "ranges of days,             rate(up[48h]),      0,  480,   3600, 24,         0 192 384",
        "half a year,                up,                 0,  4320,  43200, 24,        0 360 720 1080 1440 1800 2160 2520 2880 3240 3600 3960 4320",
        "steps longer than windows,  up,                 0,  12,    18000, 2 2 2 2 2 2, 0 5 10",
        "a fixed moment,             up @ 7200,          3,  7,     60,  2 2 2 2,     3 4 6",
        "a subquery,                 max_over_time(up[50m:7m]), 3, 11, 60, 2 2 2 2 2 2, 3 4 8",
    })
    void piecesBeginAt(
            String what, String query, long fromHour, long untilHour, long stepSeconds, String units, String starts) {
        StepGrid grid = new StepGrid(fromHour * HOUR, untilHour * HOUR, stepSeconds * 1000);
        assertThat(startHours(pieces(query, grid, units)).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .as(what)
                .isEqualTo(starts);
    }

    @Test
    void theyHoldEveryStepOnceAndTheUnitsThatTheyRead() {
        StepGrid grid = new StepGrid(HOUR + 7, 12 * HOUR + 3, 7 * MINUTE);
        int next = 0;
        for (Piece piece : pieces("up", grid, "2 2 2 2 2 2")) {
            assertThat(piece.firstStep()).isEqualTo(next);
            assertThat(piece.grid().startMillis()).isEqualTo(grid.atMillis(next));
            next += piece.grid().steps();
            assertThat(piece.grid().endMillis()).isEqualTo(grid.atMillis(next - 1));
            assertThat(piece.units().units())
                    .allMatch(unit -> unit.range()
                            .overlaps(TimeRange.ofMillisInclusive(
                                    piece.grid().startMillis() - 5 * MINUTE,
                                    piece.grid().endMillis())));
        }
        assertThat(next).isEqualTo(grid.steps());
    }

    @Test
    void aStepLaterTheInnerOnesAreTheSame() {
        StepGrid grid = new StepGrid(3 * HOUR, 27 * HOUR, MINUTE);
        StepGrid later = new StepGrid(grid.startMillis() + MINUTE, grid.endMillis() + MINUTE, MINUTE);
        String units = "2 2 2 2 2 2 2 2 2 2 2 2 2 2";
        List<StepGrid> before =
                pieces("up", grid, units).stream().map(Piece::grid).toList();
        List<StepGrid> after =
                pieces("up", later, units).stream().map(Piece::grid).toList();
        assertThat(before).hasSize(13);
        assertThat(after.subList(1, 12)).isEqualTo(before.subList(1, 12));
    }

    @Test
    void timesFarAway() {
        long farthest = Long.MAX_VALUE / 1024;
        StepGrid grid = new StepGrid(-farthest, farthest, farthest / 1000);
        int steps = pieces("up", grid, "2").stream()
                .mapToInt(piece -> piece.grid().steps())
                .sum();
        assertThat(steps).isEqualTo(grid.steps());
    }
}
