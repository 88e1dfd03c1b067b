package io.lambdascope.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.SeriesExemplars;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [MetricsSource] does, whatever it reads: answers are compared with those of plain maps over the same
/// samples.
public abstract class MetricsSourceContract {
    /// A source over all that is in `batches`, which may overlap and contradict each other.
    ///
    /// @param random for choices that must not matter
    protected abstract MetricsSource source(List<MetricsBatch> batches, SplittableRandom random);

    /// A sample as what it is, so that bits count.
    record Sample(long bits, @Nullable NativeHistogram histogram, long startMillis) {}

    private static final List<String> LABELS =
            List.of(Labels.NAME, Labels.NAME, "job", "Job", "päth.x", "rare_3", "absent");

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(11).longs(12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersScansAsMapsDo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MetricsBatch> batches = batches(random);
        Map<Labels, NavigableMap<Long, Sample>> model = model(batches);
        try (MetricsSource source = source(batches, random.split())) {
            assertScan(source, model, MetricsScan.everything());
            for (int i = 0; i < 12; i++) {
                assertScan(source, model, scan(random));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersExemplarsAsMapsDo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MetricsBatch> batches = batches(random);
        try (MetricsSource source = source(batches, random.split())) {
            for (int i = 0; i < 6; i++) {
                MetricsScan request = i == 0 ? MetricsScan.everything() : scan(random);
                List<SeriesExemplars> found = new ArrayList<>();
                try (ExemplarCursor cursor = source.exemplars(request)) {
                    while (cursor.next()) {
                        found.add(new SeriesExemplars(cursor.labels(), cursor.exemplars()));
                    }
                }
                assertThat(found).as("%s", request).isEqualTo(exemplars(batches, request));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersMetadata(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MetricsBatch> batches = batches(random);
        try (MetricsSource source = source(batches, random.split())) {
            assertThat(source.metadata())
                    .containsExactlyInAnyOrderElementsOf(batches.stream()
                            .flatMap(batch -> batch.metadata().stream())
                            .distinct()
                            .toList());
        }
    }

    /// Exactly the values of the labels of the series that a scan without samples yields.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void listsValuesOfLabels(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MetricsBatch> batches = batches(random);
        try (MetricsSource source = source(batches, random.split())) {
            for (int i = 0; i < 12; i++) {
                MetricsScan request = scan(random).withoutSamples();
                if (random.nextBoolean()) {
                    request = new MetricsScan(request.matchers(), request.range(), Shard.ALL, false);
                }
                String name = LABELS.get(random.nextInt(LABELS.size()));
                SortedSet<String> expected = new TreeSet<>();
                try (MetricsCursor cursor = source.scan(request)) {
                    while (cursor.next()) {
                        expected.add(cursor.labels().get(name));
                    }
                }
                expected.remove("");
                assertThat(source.labelValues(name, request))
                        .as("%s of %s", name, request)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<MetricsBatch> batches(SplittableRandom random) {
        List<MetricsBatch> batches = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            batches.add(RandomMetrics.batch(random));
        }
        return batches;
    }

    private static MetricsScan scan(SplittableRandom random) {
        List<Matcher> matchers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            matchers.add(matcher(random));
        }
        TimeRange range = TimeRange.ALWAYS;
        if (random.nextBoolean()) {
            long from = RandomMetrics.START + random.nextInt(-90_000, 90_000) * 100L;
            range = TimeRange.ofMillisInclusive(from, from + random.nextInt(3_000_000));
        }
        int shards = 1 << random.nextInt(3);
        Shard shard = new Shard(random.nextInt(shards), shards);
        return new MetricsScan(matchers, range, shard, random.nextInt(4) > 0);
    }

    private static Matcher matcher(SplittableRandom random) {
        List<String> values = List.of("metric_1", "metric_2", "node", "other case", "/ü/1", "1", "", "nowhere");
        List<String> patterns = List.of("metric_.", ".*", ".+", "node|shop", "|1", "/ü/[01]");
        Matcher.Op op = Matcher.Op.values()[random.nextInt(4)];
        boolean regex = op == Matcher.Op.REGEX || op == Matcher.Op.NOT_REGEX;
        List<String> texts = regex ? patterns : values;
        return Matcher.of(LABELS.get(random.nextInt(LABELS.size())), op, texts.get(random.nextInt(texts.size())));
    }

    private static void assertScan(
            MetricsSource source, Map<Labels, NavigableMap<Long, Sample>> model, MetricsScan request) {
        Map<Labels, NavigableMap<Long, Sample>> expected = new TreeMap<>();
        model.forEach((labels, samples) -> {
            var inRange = samples.subMap(
                    request.range().fromMillis(), true, request.range().lastMillis(), true);
            if (request.accepts(labels) && !inRange.isEmpty()) {
                expected.put(labels, new TreeMap<>(inRange));
            }
        });
        Map<Labels, NavigableMap<Long, Sample>> found = new TreeMap<>();
        List<Labels> order = new ArrayList<>();
        try (MetricsCursor cursor = source.scan(request)) {
            while (cursor.next()) {
                order.add(cursor.labels());
                found.put(cursor.labels(), samples(cursor.samples()));
            }
        }
        assertThat(order).as("%s", request).isSorted().doesNotHaveDuplicates();
        if (request.samples()) {
            assertThat(found).as("%s", request).isEqualTo(expected);
        } else {
            assertThat(found.keySet()).as("%s", request).containsAll(expected.keySet());
            assertThat(found.keySet()).as("%s", request).allMatch(request::accepts);
            assertThat(model.keySet()).as("%s", request).containsAll(found.keySet());
        }
    }

    private static NavigableMap<Long, Sample> samples(SeriesSamples run) {
        NavigableMap<Long, Sample> samples = new TreeMap<>();
        for (int i = 0; i < run.size(); i++) {
            assertThat(samples.isEmpty() || samples.lastKey() < run.timestamp(i))
                    .as("moments ascend")
                    .isTrue();
            samples.put(run.timestamp(i), sample(run.value(i), run.histogram(i), run.startMillis(i)));
        }
        return samples;
    }

    private static Sample sample(double value, @Nullable NativeHistogram histogram, long startMillis) {
        return new Sample(Double.doubleToRawLongBits(value), histogram, startMillis);
    }

    private static Map<Labels, NavigableMap<Long, Sample>> model(List<MetricsBatch> batches) {
        Map<Labels, NavigableMap<Long, Sample>> model = new TreeMap<>();
        for (MetricsBatch batch : batches) {
            for (int series = 0; series < batch.seriesCount(); series++) {
                NavigableMap<Long, Sample> samples = model.computeIfAbsent(batch.labels(series), _ -> new TreeMap<>());
                for (int i = batch.sampleStart(series); i < batch.sampleEnd(series); i++) {
                    samples.merge(
                            batch.timestamps()[i],
                            sample(batch.values()[i], batch.histogram(i), batch.startMillis(i)),
                            MetricsSourceContract::thatCounts);
                }
            }
        }
        return model;
    }

    private static Sample thatCounts(Sample a, Sample b) {
        int order = SampleRule.compare(
                Double.longBitsToDouble(a.bits), a.histogram, Double.longBitsToDouble(b.bits), b.histogram);
        order = order != 0 ? order : Long.compare(a.startMillis, b.startMillis);
        return order >= 0 ? a : b;
    }

    private static List<SeriesExemplars> exemplars(List<MetricsBatch> batches, MetricsScan request) {
        Map<Labels, TreeSet<Exemplar>> bySeries = new TreeMap<>();
        for (MetricsBatch batch : batches) {
            for (MetricsBatch.SeriesExemplar item : batch.exemplars()) {
                Labels labels = batch.labels(item.series());
                long nanos = TimeRange.millisToNanos(item.exemplar().timestampMillis());
                if (request.accepts(labels) && request.range().contains(nanos)) {
                    bySeries.computeIfAbsent(labels, _ -> new TreeSet<>(SeriesExemplars.ORDER))
                            .add(item.exemplar());
                }
            }
        }
        List<SeriesExemplars> all = new ArrayList<>();
        bySeries.forEach((labels, exemplars) -> all.add(new SeriesExemplars(labels, List.copyOf(exemplars))));
        return all;
    }
}
