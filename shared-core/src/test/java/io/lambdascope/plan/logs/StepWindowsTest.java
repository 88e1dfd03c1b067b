package io.lambdascope.plan.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.ql.SourceRange;
import io.lambdascope.ql.logql.LogExpr.LogQuery;
import io.lambdascope.ql.logql.LogExpr.LogRange;
import io.lambdascope.time.NanoGrid;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Windows found for a moment are those that hold it when each is looked at.
class StepWindowsTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(3).longs(100));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsTheWindowsThatHoldAMoment(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long start = random.nextLong(-50, 50);
        NanoGrid grid = random.nextInt(4) == 0
                ? NanoGrid.instant(start)
                : new NanoGrid(start, start + random.nextLong(0, 60), random.nextLong(1, 12));
        StepWindows windows = new StepWindows(grid, range(random.nextLong(0, 30), random.nextLong(-10, 10)));
        for (long nanos = -120; nanos < 160; nanos++) {
            int first = Integer.MAX_VALUE;
            int last = -1;
            for (int step = 0; step < grid.steps(); step++) {
                if (windows.startNanos(step) < nanos && nanos <= windows.endNanos(step)) {
                    first = Math.min(first, step);
                    last = step;
                }
            }
            assertThat(windows.locate(nanos)).as("at %d", nanos).isEqualTo(last >= 0);
            if (last >= 0) {
                assertThat(List.of(windows.first(), windows.last()))
                        .as("at %d", nanos)
                        .containsExactly(first, last);
                assertThat(windows.firstOf(windows.cell())).isEqualTo(first);
                assertThat(windows.reads().contains(nanos)).isTrue();
            }
        }
    }

    private static LogRange range(long rangeNanos, long offsetNanos) {
        SourceRange nowhere = new SourceRange(0, 0);
        return new LogRange(new LogQuery(List.of(), List.of(), nowhere), null, rangeNanos, offsetNanos, nowhere);
    }
}
