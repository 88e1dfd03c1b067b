package io.lambdascope.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.block.metrics.MetricsBlockWriter;
import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsBlockTest {
    private static final long HOUR = 3_600_000;

    @TempDir
    Path scratch;

    private final HeapObjects objects = new HeapObjects();

    /// A block of 400 names with 25 series each, every 15 s for an hour.
    private Unit large() {
        LabelColumns.Survey survey = new LabelColumns.Survey();
        List<Labels> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Labels labels =
                    Labels.of(Labels.NAME, "metric_%03d".formatted(i / 25), "instance", "host-%02d".formatted(i % 25));
            all.add(labels);
            survey.add(labels);
        }
        SplittableRandom random = new SplittableRandom(3);
        try (MetricsBlockWriter writer = new MetricsBlockWriter(
                MetricsBlockSettings.DEFAULTS, survey.columns(10), objects, "blocks/large/", scratch)) {
            SeriesSamples samples = new SeriesSamples();
            for (Labels labels : all) {
                samples.clear();
                for (int i = 0; i < 240; i++) {
                    samples.add(RandomMetrics.START + i * 15_000L, random.nextInt(1_000_000));
                }
                writer.add(labels, samples);
            }
            return MetricsBlockContractTest.unit("large", writer.finish(TimeRange.ALWAYS));
        }
    }

    private static long samplesOf(MetricsSource source, MetricsScan request) {
        long samples = 0;
        try (MetricsCursor cursor = source.scan(request)) {
            while (cursor.next()) {
                samples += cursor.samples().size();
            }
        }
        return samples;
    }

    @Test
    void readsRangesNotObjects() {
        Unit unit = large();
        assertThat(unit.bytes()).isGreaterThan(2 << 20);
        BlockCache cache = new BlockCache(64 << 20);
        MetricsScan oneName = MetricsScan.of(List.of(Matcher.equal(Labels.NAME, "metric_200")), TimeRange.ALWAYS);

        long first = samplesOf(new MetricsBlockSource(objects, unit, cache), oneName);
        assertThat(first).isEqualTo(25 * 240);
        assertThat(objects.reads).as("reads, footer and all").isLessThanOrEqualTo(6);
        assertThat(objects.bytesRead).isLessThan(unit.bytes() / 5);

        int before = objects.reads;
        samplesOf(new MetricsBlockSource(objects, unit, cache), oneName);
        assertThat(objects.reads - before).as("reads once the footer is known").isLessThanOrEqualTo(5);

        before = objects.reads;
        MetricsScan absent = MetricsScan.of(List.of(Matcher.equal(Labels.NAME, "nothing")), TimeRange.ALWAYS);
        assertThat(samplesOf(new MetricsBlockSource(objects, unit, cache), absent))
                .isZero();
        assertThat(objects.reads - before).as("reads for what is not there").isZero();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new SplittableRandom(9).longs(24));
    }

    /// Whatever happens to the bytes, a reader ends, with what was written or with a fault that says so.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damageIsAFault(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MetricsBatch batch = RandomMetrics.batch(random);
        MetricsBlockMerger merger = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, objects, scratch);
        BlockInfo info = merger.merge(
                        List.of(new MetricsSegmentSource(MetricsSegmentContractTest.segment(batch))),
                        new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true),
                        "blocks/damaged/")
                .orElseThrow();
        Unit unit = MetricsBlockContractTest.unit("damaged", info);
        for (Unit.Table table : info.tables()) {
            String key = "blocks/damaged/" + table.name();
            byte[] whole = objects.get(key);
            for (int round = 0; round < 8; round++) {
                byte[] damaged =
                        random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int i = random.nextInt(1, 4); i > 0 && damaged.length > 0; i--) {
                    int at = random.nextBoolean()
                            ? random.nextInt(damaged.length)
                            : Math.max(0, damaged.length - 1 - random.nextInt(1000));
                    damaged[at] = (byte) random.nextInt();
                }
                objects.put(key, damaged);
                readAll(unit);
            }
            objects.put(key, whole);
        }
    }

    private void readAll(Unit unit) {
        MetricsBlockSource source = new MetricsBlockSource(objects, unit, new BlockCache(0));
        try {
            samplesOf(source, MetricsScan.everything());
            try (var exemplars = source.exemplars(MetricsScan.everything())) {
                while (exemplars.next()) {
                    assertThat(exemplars.exemplars()).isNotEmpty();
                }
            }
            assertThat(source.metadata()).isNotNull();
        } catch (Fault fault) {
            assertThat(fault.kind()).as("%s", fault.text()).isIn(FaultKind.CORRUPT_DATA, FaultKind.UNSUPPORTED);
        }
    }

    @Test
    void cutsByWindowAndShard() {
        SplittableRandom random = new SplittableRandom(4);
        List<MetricsSource> inputs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inputs.add(new MetricsSegmentSource(MetricsSegmentContractTest.segment(RandomMetrics.batch(random))));
        }
        MetricsBlockMerger merger = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, objects, scratch);
        TimeRange all = TimeRange.ofMillisInclusive(RandomMetrics.START - 48 * HOUR, RandomMetrics.START + 48 * HOUR);
        BlockInfo whole = merger.merge(inputs, new MetricsBlockMerger.Cut(all, Shard.ALL, true), "blocks/whole/")
                .orElseThrow();
        long samples = 0;
        for (TimeRange window : BlockWindow.of(all, BlockWindow.nanosOf(1))) {
            for (int shard = 0; shard < 2; shard++) {
                String id = window.fromMillis() + "-" + shard;
                var part = merger.merge(
                        inputs, new MetricsBlockMerger.Cut(window, new Shard(shard, 2), false), "blocks/" + id + "/");
                if (part.isPresent()) {
                    assertThat(window.union(part.get().range())).isEqualTo(window);
                    samples += part.get().items();
                }
            }
        }
        assertThat(samples).isEqualTo(whole.items());
    }

    @Test
    void nothingInsideIsNoBlock() {
        MetricsBlockMerger merger = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, objects, scratch);
        var none = merger.merge(
                List.of(new MetricsSegmentSource(MetricsSegmentContractTest.segment(new MetricsBatch()))),
                new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true),
                "blocks/none/");
        assertThat(none).isEmpty();
        assertThat(objects.objects).isEmpty();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void refusesSeriesOutOfOrder() {
        LabelColumns columns = new LabelColumns(List.of(Labels.NAME), false);
        SeriesSamples one = new SeriesSamples();
        one.add(1, 1);
        try (MetricsBlockWriter writer =
                new MetricsBlockWriter(MetricsBlockSettings.DEFAULTS, columns, objects, "blocks/x/", scratch)) {
            writer.add(Labels.of(Labels.NAME, "b"), one);
            assertThatThrownBy(() -> writer.add(Labels.of(Labels.NAME, "a"), one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("series a comes after b");
        }
    }
}
