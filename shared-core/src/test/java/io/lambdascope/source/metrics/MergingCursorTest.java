package io.lambdascope.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergingCursorTest {
    /// One input: series in label order, each with moments in order.
    private static final class MapCursor implements MetricsCursor {
        private final List<? extends Map.Entry<Labels, ? extends Map<Long, Double>>> series;
        private final SeriesSamples samples = new SeriesSamples();
        private int at = -1;
        private boolean closed;

        MapCursor(Map<Labels, ? extends Map<Long, Double>> series) {
            this.series = List.copyOf(series.entrySet());
        }

        @Override
        public boolean next() {
            if (++at >= series.size()) {
                return false;
            }
            samples.clear();
            series.get(at).getValue().forEach(samples::add);
            return true;
        }

        @Override
        public Labels labels() {
            return series.get(at).getKey();
        }

        @Override
        public SeriesSamples samples() {
            return samples;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(7).longs(60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsEachSeriesOnceWithTheSamplesThatCount(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Labels, TreeMap<Long, Double>> expected = new TreeMap<>();
        List<MapCursor> inputs = new ArrayList<>();
        int units = random.nextInt(1, 9);
        for (int unit = 0; unit < units; unit++) {
            TreeMap<Labels, TreeMap<Long, Double>> content = new TreeMap<>();
            long base = random.nextBoolean() ? unit * 1000L : 0;
            for (int i = random.nextInt(30); i > 0; i--) {
                Labels labels = Labels.of(Labels.NAME, "m", "i", Integer.toString(random.nextInt(6)));
                long moment = base + random.nextInt(20);
                double value = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(4);
                content.computeIfAbsent(labels, _ -> new TreeMap<>()).put(moment, value);
            }
            content.forEach((labels, moments) ->
                    moments.forEach((moment, value) -> expected.computeIfAbsent(labels, _ -> new TreeMap<>())
                            .merge(moment, value, (a, b) -> SampleRule.compare(a, null, b, null) >= 0 ? a : b)));
            inputs.add(new MapCursor(content));
        }

        TreeMap<Labels, TreeMap<Long, Double>> actual = new TreeMap<>();
        List<Labels> order = new ArrayList<>();
        try (MetricsCursor cursor = MergingCursor.of(inputs)) {
            while (cursor.next()) {
                order.add(cursor.labels());
                TreeMap<Long, Double> moments = new TreeMap<>();
                for (int i = 0; i < cursor.samples().size(); i++) {
                    moments.put(cursor.samples().timestamp(i), cursor.samples().value(i));
                }
                actual.put(cursor.labels(), moments);
            }
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(order).isSorted().doesNotHaveDuplicates();
        assertThat(inputs).allMatch(input -> input.closed);
    }

    @Test
    void exemplarsOfOneSeriesComeTogetherAndOnce() {
        Labels a = Labels.of(Labels.NAME, "a");
        Labels b = Labels.of(Labels.NAME, "b");
        Exemplar early = new Exemplar(Labels.of("trace_id", "1"), 1, 10);
        Exemplar late = new Exemplar(Labels.of("trace_id", "2"), 2, 20);
        ExemplarCursor left = new ExemplarListCursor(
                List.of(new SeriesExemplars(a, List.of(late)), new SeriesExemplars(b, List.of(early, late))));
        ExemplarCursor right = new ExemplarListCursor(
                List.of(new SeriesExemplars(a, List.of(early)), new SeriesExemplars(b, List.of(late))));

        List<SeriesExemplars> merged = new ArrayList<>();
        try (ExemplarCursor cursor = new MergingExemplarCursor(List.of(left, right))) {
            while (cursor.next()) {
                merged.add(new SeriesExemplars(cursor.labels(), cursor.exemplars()));
            }
        }

        assertThat(merged)
                .containsExactly(
                        new SeriesExemplars(a, List.of(early, late)), new SeriesExemplars(b, List.of(early, late)));
    }
}
