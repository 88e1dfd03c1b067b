package io.lambdascope.head.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SampleRule;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.testkit.metrics.BatchText;
import io.lambdascope.testkit.metrics.RandomBatches;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsSegmentTest {
    private static final Tenant TENANT = new Tenant("team-a");

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(7).longs(100));
    }

    static Segment encode(MetricsBatch batch) {
        return MetricsSegmentWriter.encode(TENANT, batch, 1_760_000_000_000L, SegmentFormat.LEVEL_FAST);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatWasWritten(long seed) {
        MetricsBatch batch = RandomBatches.from(new SplittableRandom(seed));
        Segment segment = Segment.of(encode(batch).bytes());
        MetricsBatch read = MetricsSegmentReader.read(segment);

        assertThat(read.seriesCount()).isEqualTo(batch.seriesCount());
        for (int i = 0; i < batch.seriesCount(); i++) {
            assertThat(read.labels(i)).isEqualTo(batch.labels(i));
            assertThat(BatchText.samples(read, i)).isEqualTo(BatchText.samples(batch, i));
        }
        assertThat(read.exemplars()).isEqualTo(batch.exemplars());
        assertThat(read.metadata()).isEqualTo(batch.metadata());
        assertThat(encode(read).id())
                .as("same content, same id")
                .isEqualTo(encode(batch).id());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyGroupingOfMergesReadsTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MetricsBatch> batches = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            batches.add(RandomBatches.from(random));
        }
        List<Segment> segments =
                batches.stream().map(MetricsSegmentTest::encode).toList();
        MetricsSegmentMerger merger = new MetricsSegmentMerger();

        Segment atOnce = merger.merge(segments);
        Segment twice = merger.merge(List.of(atOnce, merger.merge(segments.reversed()), segments.getFirst()));

        Map<Labels, List<String>> expected = expected(batches, MetricsScan.everything());
        assertThat(scan(atOnce, MetricsScan.everything())).isEqualTo(expected);
        assertThat(scan(twice, MetricsScan.everything())).isEqualTo(expected);
        List<String> exemplars = exemplars(atOnce);
        assertThat(exemplars(twice)).isEqualTo(exemplars);
        assertThat(exemplars)
                .hasSameSizeAs(batches.stream()
                        .flatMap(batch -> batch.exemplars().stream()
                                .map(item -> batch.labels(item.series()) + " " + item.exemplar()))
                        .distinct()
                        .toList());
        assertThat(new MetricsSegmentSource(twice).metadata())
                .containsExactlyInAnyOrderElementsOf(batches.stream()
                        .flatMap(batch -> batch.metadata().stream())
                        .distinct()
                        .toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void yieldsWhatPassesAndNothingElse(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MetricsBatch batch = RandomBatches.from(random);
        long from = 1_760_000_000_000L + random.nextInt(-1, 8) * 15_000L;
        MetricsScan request = new MetricsScan(
                List.of(
                        Matcher.of(Labels.NAME, Matcher.Op.REGEX, "metric_[0-3]"),
                        Matcher.of("job", random.nextBoolean() ? Matcher.Op.EQUAL : Matcher.Op.NOT_EQUAL, "node")),
                TimeRange.ofMillisInclusive(from, from + random.nextInt(60_000)),
                new Shard(random.nextInt(2), 2),
                true);
        Segment segment = encode(batch);
        Map<Labels, List<String>> found = scan(segment, request);
        assertThat(found).isEqualTo(expected(List.of(batch), request));
        MetricsScan labelsOnly = new MetricsScan(request.matchers(), request.range(), request.shard(), false);
        assertThat(scan(segment, labelsOnly).keySet()).isEqualTo(found.keySet());
        if (!found.isEmpty()) {
            assertThat(MetricsFacts.decode(segment.header().facts()).mayMatch(request.matchers()))
                    .isTrue();
            assertThat(segment.header().range().overlaps(request.range())).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBytesAreRefusedOrReadAsSomethingBounded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = encode(RandomBatches.from(random)).bytes();
        byte[] damaged = random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
            MetricsSegmentReader.read(Segment.of(damaged));
        } catch (Fault fault) {
            assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedColumnsAreRefusedOrReadAsSomethingBounded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Segment segment = encode(RandomBatches.from(random));
        byte[] payload = segment.payload();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        }
        Segment damaged = SegmentFormat.encode(
                TENANT, segment.header().signal(), 0, 0, 1, new byte[0], payload, payload.length, 1);
        try {
            MetricsSegmentReader.read(damaged);
        } catch (Fault fault) {
            assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA);
        }
    }

    @Test
    void segmentsOfTwoTenantsDoNotMerge() {
        MetricsBatch batch = RandomBatches.from(new SplittableRandom(1));
        Segment other = MetricsSegmentWriter.encode(new Tenant("team-b"), batch, 0, 1);
        assertThatThrownBy(() -> new MetricsSegmentMerger().merge(List.of(encode(batch), other)))
                .hasMessageContaining("team-b");
    }

    private static List<String> exemplars(Segment segment) {
        List<String> all = new ArrayList<>();
        try (MetricsSegmentSource source = new MetricsSegmentSource(segment);
                var cursor = source.exemplars(MetricsScan.everything())) {
            while (cursor.next()) {
                cursor.exemplars().forEach(exemplar -> all.add(cursor.labels() + " " + exemplar));
            }
        }
        return all;
    }

    private static Map<Labels, List<String>> scan(Segment segment, MetricsScan request) {
        Map<Labels, List<String>> found = new TreeMap<>();
        @Nullable Labels last = null;
        try (MetricsSegmentSource source = new MetricsSegmentSource(segment);
                MetricsCursor cursor = source.scan(request)) {
            while (cursor.next()) {
                assertThat(last == null || last.compareTo(cursor.labels()) < 0).isTrue();
                last = cursor.labels();
                found.put(last, BatchText.samples(cursor.samples()));
            }
        }
        return found;
    }

    /// What a scan should yield, the slow way.
    private static Map<Labels, List<String>> expected(List<MetricsBatch> batches, MetricsScan request) {
        record At(MetricsBatch batch, int sample) {}
        Map<Labels, TreeMap<Long, At>> best = new TreeMap<>();
        for (MetricsBatch batch : batches) {
            for (int i = 0; i < batch.seriesCount(); i++) {
                for (int s = batch.sampleStart(i); s < batch.sampleEnd(i); s++) {
                    long time = batch.timestamps()[s];
                    if (request.accepts(batch.labels(i)) && request.range().contains(TimeRange.millisToNanos(time))) {
                        best.computeIfAbsent(batch.labels(i), _ -> new TreeMap<>())
                                .merge(time, new At(batch, s), (a, b) -> {
                                    int order = SampleRule.compare(
                                            a.batch.values()[a.sample],
                                            a.batch.histogram(a.sample),
                                            b.batch.values()[b.sample],
                                            b.batch.histogram(b.sample));
                                    long starts = a.batch.startMillis(a.sample) - b.batch.startMillis(b.sample);
                                    return order > 0 || order == 0 && starts >= 0 ? a : b;
                                });
                    }
                }
            }
        }
        Map<Labels, List<String>> expected = new TreeMap<>();
        best.forEach((labels, samples) -> expected.put(
                labels,
                samples.entrySet().stream()
                        .map(entry -> BatchText.sample(
                                entry.getKey(),
                                entry.getValue().batch.values()[entry.getValue().sample],
                                entry.getValue().batch.histogram(entry.getValue().sample),
                                entry.getValue().batch.startMillis(entry.getValue().sample)))
                        .toList()));
        return expected;
    }
}
