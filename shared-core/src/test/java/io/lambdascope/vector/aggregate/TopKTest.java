package io.lambdascope.vector.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.ql.SourceRange;
import io.lambdascope.vector.Annotations;
import io.lambdascope.vector.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is chosen is what comes first when all are sorted.
class TopKTest {
    private static final double[] VALUES = {
        StepSeries.ABSENT, Double.NaN, Double.NEGATIVE_INFINITY, -1, -0.0, 0, 1, 1, 2.5, Double.POSITIVE_INFINITY
    };

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(7).longs(300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void choosesWhatSortsFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int steps = random.nextBoolean() ? 1 : random.nextInt(2, 6);
        List<StepSeries> group = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            group.add(series("s" + i, steps, random));
        }
        double[] counts = random.doubles(steps, -2, 45).toArray();
        for (boolean top : new boolean[] {true, false}) {
            TopK topK = new TopK(top, new Annotations(), SourceRange.NOWHERE);
            assertThat(topK.choose(group, counts)).isEqualTo(sorted(group, counts, top));
        }
    }

    private static StepSeries series(String name, int steps, SplittableRandom random) {
        double[] values = new double[steps];
        Arrays.setAll(values, _ -> VALUES[random.nextInt(VALUES.length)]);
        return StepSeries.ofFloats(Labels.of("__name__", name), false, values);
    }

    private static List<StepSeries> sorted(List<StepSeries> group, double[] counts, boolean top) {
        double[][] kept = new double[group.size()][counts.length];
        List<Integer> order = List.of();
        for (int step = 0; step < counts.length; step++) {
            int at = step;
            Comparator<Integer> byValue =
                    Comparator.comparing(i -> worth(group.get(i).values()[at], top));
            order = IntStream.range(0, group.size())
                    .boxed()
                    .filter(i -> group.get(i).hasFloat(at))
                    .sorted(byValue.reversed())
                    .limit(Math.max(0, (long) counts[step]))
                    .toList();
            for (int i = 0; i < kept.length; i++) {
                kept[i][step] = order.contains(i) ? group.get(i).values()[step] : StepSeries.ABSENT;
            }
        }
        List<Integer> places = counts.length == 1
                ? order
                : IntStream.range(0, kept.length).boxed().toList();
        return places.stream()
                .map(i -> StepSeries.ofFloats(group.get(i).labels(), false, kept[i]))
                .filter(series -> !series.isEmpty())
                .toList();
    }

    /// A number that sorts as the value does: NaN below all others, 0 as -0.
    private static double worth(double value, boolean top) {
        if (Double.isNaN(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        double ranked = value == 0 ? 0 : Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
        return top ? ranked : 0 - ranked;
    }
}
