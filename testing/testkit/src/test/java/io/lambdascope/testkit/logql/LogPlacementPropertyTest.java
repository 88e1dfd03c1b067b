package io.lambdascope.testkit.logql;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.fault.Fault;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.logs.LineSearch;
import io.lambdascope.ql.logql.CheckedLogQuery;
import io.lambdascope.result.LogsResult;
import io.lambdascope.source.logs.Direction;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsPlacement;
import io.lambdascope.testkit.logs.PlacedLogs;
import io.lambdascope.testkit.logs.RandomLogs;
import io.lambdascope.testkit.logs.SegmentPlacement;
import io.lambdascope.time.NanoGrid;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Promise R1: a query answers the same wherever the logs lie and however it runs.
class LogPlacementPropertyTest {
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final long SPAN_NANOS = 3_600_000_000_000L;
    private static final double TOLERANCE = 1e-9;

    private static final List<LogsPlacement> PLACEMENTS = List.of(
            new SegmentPlacement(7, 0, 1, PlanSettings.INLINE),
            new SegmentPlacement(4, 40, 1, PlanSettings.INLINE),
            new SegmentPlacement(3, 30, 4, PlanSettings.INLINE),
            new SegmentPlacement(1, 0, 1, SegmentPlacement.FANNED_OUT),
            new SegmentPlacement(5, 30, 2, SegmentPlacement.FANNED_OUT));

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(17).longs(40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void linesAreTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LogItem> items = RandomLogs.items(random, 1 + random.nextInt(300), START_NANOS, SPAN_NANOS);
        RandomLogQuery queries = new RandomLogQuery(random.split());
        PlacedLogs one = SegmentPlacement.ONE.place(items);
        List<PlacedLogs> others =
                PLACEMENTS.stream().map(placement -> placement.place(items)).toList();
        for (int i = 0; i < 8; i++) {
            CheckedLogQuery query = CheckedLogQuery.of(queries.lines());
            LineSearch search = search(random);
            String expected = outcome(() -> one.search(query, search));
            for (int j = 0; j < others.size(); j++) {
                PlacedLogs other = others.get(j);
                assertThat(outcome(() -> other.search(query, search)))
                        .as("%s %s over %s", query.text(), search, PLACEMENTS.get(j))
                        .isEqualTo(expected);
            }
        }
    }

    private static LineSearch search(SplittableRandom random) {
        long from = START_NANOS + random.nextLong(-SPAN_NANOS / 4, SPAN_NANOS);
        TimeRange range = random.nextBoolean()
                ? new TimeRange(START_NANOS, START_NANOS + SPAN_NANOS)
                : new TimeRange(from, from + random.nextLong(SPAN_NANOS));
        long interval = random.nextInt(4) == 0 ? random.nextLong(SPAN_NANOS / 4) : 0;
        Direction direction = random.nextBoolean() ? Direction.BACKWARD : Direction.FORWARD;
        return new LineSearch(range, direction, 1 + random.nextInt(random.nextBoolean() ? 20 : 400), interval);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void numbersAreTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LogItem> items = RandomLogs.items(random, 1 + random.nextInt(300), START_NANOS, SPAN_NANOS);
        RandomLogQuery queries = new RandomLogQuery(random.split());
        PlacedLogs one = SegmentPlacement.ONE.place(items);
        List<PlacedLogs> others =
                PLACEMENTS.stream().map(placement -> placement.place(items)).toList();
        for (int i = 0; i < 12; i++) {
            CheckedLogQuery query = CheckedLogQuery.of(queries.numbers());
            NanoGrid grid = grid(random);
            List<Double> expectedNumbers = new ArrayList<>();
            String expected = outcome(() -> one.evaluate(query, grid), expectedNumbers);
            for (int j = 0; j < others.size(); j++) {
                PlacedLogs other = others.get(j);
                List<Double> numbers = new ArrayList<>();
                String name = "%s %s over %s".formatted(query.text(), grid, PLACEMENTS.get(j));
                assertThat(outcome(() -> other.evaluate(query, grid), numbers))
                        .as(name)
                        .isEqualTo(expected);
                assertThat(numbers)
                        .as(name)
                        .usingElementComparator(LogPlacementPropertyTest::nearly)
                        .isEqualTo(expectedNumbers);
            }
        }
    }

    private static NanoGrid grid(SplittableRandom random) {
        long start = START_NANOS + random.nextLong(SPAN_NANOS);
        long step = SPAN_NANOS / 60 + random.nextLong(SPAN_NANOS / 4);
        return random.nextInt(3) == 0
                ? NanoGrid.instant(start)
                : new NanoGrid(start, start + random.nextLong(SPAN_NANOS), step);
    }

    private static String outcome(Supplier<LogsResult> query) {
        return outcome(query, new ArrayList<>());
    }

    /// An answer without its numbers, which go into `numbers`, or what went wrong: of several things that did, any
    /// one may be told.
    private static String outcome(Supplier<LogsResult> query, List<Double> numbers) {
        LogsResult answer;
        try {
            answer = query.get();
        } catch (Fault fault) {
            return fault.kind().toString();
        }
        StringBuilder text = new StringBuilder();
        switch (answer) {
            case LogsResult.Lines(List<LogsResult.Line> lines) ->
                lines.forEach(line -> text.append(line).append('\n'));
            case LogsResult.Scalar(long at, double value) -> {
                text.append(at);
                numbers.add(value);
            }
            case LogsResult.Vector(List<LogsResult.Sample> samples) -> {
                for (LogsResult.Sample sample : samples) {
                    text.append(sample.labels())
                            .append(sample.timestampMillis())
                            .append('\n');
                    numbers.add(sample.value());
                }
            }
            case LogsResult.Matrix(List<LogsResult.Series> series) -> {
                for (LogsResult.Series one : series) {
                    text.append(one.labels());
                    for (int i = 0; i < one.values().length; i++) {
                        text.append(' ').append(one.timestampsMillis()[i]);
                        numbers.add(one.values()[i]);
                    }
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    private static int nearly(double a, double b) {
        boolean near = Double.compare(a, b) == 0
                || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
        return near ? 0 : Double.compare(a, b);
    }
}
