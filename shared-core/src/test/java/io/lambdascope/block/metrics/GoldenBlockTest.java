package io.lambdascope.block.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.NativeHistogram;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.time.TimeRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One block for each version, written by the build that introduced it and never again, beside what it held.
class GoldenBlockTest {
    private static final List<String> TABLES =
            List.of(MetricsBlockFormat.SERIES, MetricsBlockFormat.EXEMPLARS, MetricsBlockFormat.METADATA);

    @ParameterizedTest
    @EnumSource(MetricsBlockFormat.Version.class)
    void everyVersionStillReads(MetricsBlockFormat.Version version) throws IOException {
        String folder = "/golden/" + version.text().replace('/', '-') + "/";
        MemoryObjectStore store = new MemoryObjectStore(InstantSource.fixed(Instant.EPOCH));
        List<Unit.Table> tables = new ArrayList<>();
        for (String table : TABLES) {
            byte[] bytes = resource(folder + table);
            store.put("golden/" + table, bytes);
            tables.add(new Unit.Table(table, bytes.length, 0));
        }
        Unit unit = new Unit(
                "golden",
                new Tenant("team-a"),
                Signal.METRICS,
                0,
                TimeRange.ALWAYS,
                Shard.ALL,
                0,
                0,
                new byte[0],
                new Unit.Place.Prefix("golden/", tables));
        try (MetricsSource source = new MetricsBlockSource(store, unit, new BlockCache(1 << 20))) {
            assertThat(text(source)).isEqualTo(new String(resource(folder + "content.txt"), StandardCharsets.UTF_8));
        }
    }

    static byte[] resource(String path) throws IOException {
        try (InputStream in = GoldenBlockTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no resource " + path);
            }
            return in.readAllBytes();
        }
    }

    /// All that a source holds, a line for each sample, exemplar and item of metadata; floats as their bits.
    static String text(MetricsSource source) {
        StringBuilder text = new StringBuilder();
        try (MetricsCursor cursor = source.scan(MetricsScan.everything())) {
            while (cursor.next()) {
                SeriesSamples samples = cursor.samples();
                for (int i = 0; i < samples.size(); i++) {
                    NativeHistogram histogram = samples.histogram(i);
                    text.append("%s %d %s start %d\n"
                            .formatted(
                                    cursor.labels(),
                                    samples.timestamp(i),
                                    histogram == null ? bits(samples.value(i)) : text(histogram),
                                    samples.startMillis(i)));
                }
            }
        }
        try (ExemplarCursor cursor = source.exemplars(MetricsScan.everything())) {
            while (cursor.next()) {
                for (Exemplar exemplar : cursor.exemplars()) {
                    text.append("exemplar %s %s %d %s\n"
                            .formatted(
                                    cursor.labels(),
                                    exemplar.labels(),
                                    exemplar.timestampMillis(),
                                    bits(exemplar.value())));
                }
            }
        }
        for (MetricMetadata item : source.metadata()) {
            text.append("metadata %s %s %s %s\n".formatted(item.family(), item.type(), item.help(), item.unit()));
        }
        return text.toString();
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    private static String text(NativeHistogram histogram) {
        return "schema %d zero %s %s count %s sum %s + %s %s - %s %s custom %s %s"
                .formatted(
                        histogram.schema(),
                        bits(histogram.zeroThreshold()),
                        bits(histogram.zeroCount()),
                        bits(histogram.count()),
                        bits(histogram.sum()),
                        Arrays.toString(histogram.positiveSpans()),
                        Arrays.toString(histogram.positiveBuckets()),
                        Arrays.toString(histogram.negativeSpans()),
                        Arrays.toString(histogram.negativeBuckets()),
                        Arrays.toString(histogram.customValues()),
                        histogram.resetHint());
    }
}
