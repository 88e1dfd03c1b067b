package io.lambdascope.vector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.NativeHistogram.ResetHint;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Groups that are worked out in parts and merged are worth the same as in one go.
class MergeTest {
    private static final int STEPS = 9;

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(5).longs(60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsMergeToTheWhole(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<StepSeries> series = new ArrayList<>();
        int kind = random.nextInt(3);
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            series.add(series(random, kind));
        }
        int parts = random.nextInt(1, 5);
        List<Supplier<MergeableAccumulator>> accumulators = List.of(
                () -> new SumAccumulator(STEPS, false, new Annotations(), SourceRange.NOWHERE),
                () -> new SumAccumulator(STEPS, true, new Annotations(), SourceRange.NOWHERE),
                () -> new ExtremeAccumulator(STEPS, true, new Annotations(), SourceRange.NOWHERE),
                () -> new ExtremeAccumulator(STEPS, false, new Annotations(), SourceRange.NOWHERE),
                () -> new CountAccumulator(STEPS, false),
                () -> new CountAccumulator(STEPS, true));
        for (Supplier<MergeableAccumulator> accumulator : accumulators) {
            MergeableAccumulator whole = accumulator.get();
            List<MergeableAccumulator> split = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                split.add(accumulator.get());
            }
            for (StepSeries one : series) {
                whole.add(one);
                split.get(random.nextInt(parts)).add(one);
            }
            MergeableAccumulator merged = accumulator.get();
            split.forEach(part -> merged.merge(part.state()));
            assertSame(whole.finish(Labels.EMPTY, false), merged.finish(Labels.EMPTY, false));
        }
    }

    private static void assertSame(StepSeries expected, StepSeries actual) {
        for (int step = 0; step < STEPS; step++) {
            assertThat(actual.hasFloat(step)).isEqualTo(expected.hasFloat(step));
            assertClose(actual.values()[step], expected.values()[step]);
            NativeHistogram left = expected.histogram(step);
            NativeHistogram right = actual.histogram(step);
            assertThat(right == null).isEqualTo(left == null);
            if (left != null && right != null) {
                assertClose(right.count(), left.count());
                assertClose(right.sum(), left.sum());
                assertThat(right.positiveSpans()).isEqualTo(left.positiveSpans());
                assertThat(right.schema()).isEqualTo(left.schema());
            }
        }
    }

    private static void assertClose(double actual, double expected) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(expected));
        } else {
            assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(1e-12 * Math.abs(expected));
        }
    }

    /// @param kind 0 floats of every size, 1 near the end of doubles, 2 histograms
    private static StepSeries series(SplittableRandom random, int kind) {
        double[] values = StepSeries.nothing(STEPS);
        NativeHistogram[] histograms = kind == 2 ? new NativeHistogram[STEPS] : null;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            if (histograms != null) {
                histograms[step] = histogram(random);
            } else {
                values[step] = kind == 1 ? 1.2e308 : Math.scalb(random.nextDouble(), random.nextInt(-40, 40));
            }
        }
        return new StepSeries(Labels.of("i", Long.toString(random.nextLong())), false, values, histograms);
    }

    private static NativeHistogram histogram(SplittableRandom random) {
        int schema = random.nextInt(4);
        double[] buckets = {random.nextInt(1, 9), random.nextInt(1, 9), random.nextInt(1, 9)};
        double count = buckets[0] + buckets[1] + buckets[2];
        return new NativeHistogram(
                schema,
                0,
                0,
                count,
                count * random.nextDouble(),
                new int[] {random.nextInt(-5, 5), 3},
                buckets,
                new int[0],
                new double[0],
                new double[0],
                ResetHint.UNKNOWN);
    }
}
