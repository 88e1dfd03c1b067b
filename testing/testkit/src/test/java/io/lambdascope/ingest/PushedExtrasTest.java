package io.lambdascope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.head.HeadSettings;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.Exemplar;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.RemoteWrite2Body;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is pushed beside samples, exemplars and metadata, is read from the head, and from a block made of it.
class PushedExtrasTest {
    private static final Tenant TENANT = new Tenant("team-a");
    private static final long NOW = PushWorld.NOW.toEpochMilli();
    private static final MetricMetadata SECONDS =
            new MetricMetadata("request_seconds", MetricMetadata.Type.HISTOGRAM, "how long they take", "seconds");
    private static final MetricMetadata UP = new MetricMetadata("up", MetricMetadata.Type.GAUGE, "whether it is", "");

    @TempDir
    Path scratch;

    private final PushWorld world = new PushWorld(PushSettings.DEFAULTS, HeadSettings.DEFAULTS);

    private static Exemplar exemplar(String trace, long secondsAgo) {
        return new Exemplar(Labels.of("trace_id", trace), 0.5, NOW - 1000 * secondsAgo);
    }

    private static MetricsBatch series(String name, Exemplar... exemplars) {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(Labels.of("__name__", name));
        batch.addSample(NOW, 1);
        for (Exemplar exemplar : exemplars) {
            batch.addExemplar(exemplar);
        }
        return batch;
    }

    private void push(MetricsBatch batch) {
        assertThat(world.push(TENANT, RemoteWriteBody.of(batch)).status()).isEqualTo(204);
    }

    private void push2(MetricsBatch batch) {
        Map<String, String> headers =
                Map.of("content-type", "application/x-protobuf;proto=io.prometheus.write.v2.Request");
        assertThat(world.push(TENANT, RemoteWrite2Body.of(batch), headers).status())
                .isEqualTo(204);
    }

    private void deliver() {
        while (world.deliver()) {
            // until the queue is empty
        }
    }

    private MetricsSource block(List<MetricsSource> inputs) {
        MemoryObjectStore objects = new MemoryObjectStore(() -> PushWorld.NOW);
        BlockInfo info = new MetricsBlockMerger(MetricsBlockSettings.DEFAULTS, objects, scratch)
                .merge(inputs, new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true), "block/")
                .orElseThrow();
        Unit unit = new Unit(
                "block",
                TENANT,
                Signal.METRICS,
                0,
                info.range(),
                Shard.ALL,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix("block/", info.tables()));
        return new MetricsBlockSource(objects, unit, new BlockCache(1 << 20));
    }

    private static Map<String, List<Exemplar>> exemplars(List<MetricsSource> sources) {
        Map<String, List<Exemplar>> all = new TreeMap<>();
        for (MetricsSource source : sources) {
            try (ExemplarCursor cursor = source.exemplars(MetricsScan.everything())) {
                while (cursor.next()) {
                    all.computeIfAbsent(cursor.labels().toString(), _ -> new ArrayList<>())
                            .addAll(cursor.exemplars());
                }
            }
        }
        return all;
    }

    @Test
    void exemplarsInAnyOrderReachHeadAndBlock() {
        push(series("up", exemplar("b", 60), exemplar("a", 120), exemplar("d", 0), exemplar("c", 30)));
        push(series("up", exemplar("z", 3600), exemplar("a", 120)));
        push2(series("up", exemplar("y", 7200), exemplar("c", 30)));
        push2(series("down", exemplar("x", 1), exemplar("w", 2)));
        deliver();
        Map<String, List<Exemplar>> expected = Map.of(
                "up",
                List.of(
                        exemplar("y", 7200),
                        exemplar("z", 3600),
                        exemplar("a", 120),
                        exemplar("b", 60),
                        exemplar("c", 30),
                        exemplar("d", 0)),
                "down",
                List.of(exemplar("w", 2), exemplar("x", 1)));
        List<MetricsSource> head = world.sources(TENANT);
        assertThat(head).as("one batch of the queue").hasSize(1);
        assertThat(exemplars(head)).isEqualTo(expected);
        assertThat(exemplars(List.of(block(head)))).isEqualTo(expected);
    }

    @Test
    void metadataReachesHeadAndBlockWithSamplesOrWithout() {
        MetricsBatch alone = new MetricsBatch();
        alone.addMetadata(SECONDS);
        push(alone);
        MetricsBatch withSeries = series("up");
        withSeries.addMetadata(UP);
        push2(withSeries);
        push2(withSeries);
        deliver();
        List<MetricsSource> head = world.sources(TENANT);
        assertThat(head).hasSize(1);
        assertThat(head.getFirst().metadata()).containsExactlyInAnyOrder(SECONDS, UP);
        assertThat(block(head).metadata()).containsExactlyInAnyOrder(SECONDS, UP);
    }

    @Test
    void startTimestampsReachHeadAndBlock() {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(Labels.of("__name__", "requests_total"));
        batch.addSample(NOW, 5);
        batch.startedAt(NOW - 60_000);
        push2(batch);
        deliver();
        String sample = "%d 4014000000000000 since %d".formatted(NOW, NOW - 60_000);
        assertThat(world.read(TENANT)).isEqualTo(Map.of("requests_total", List.of(sample)));
        try (var cursor = block(world.sources(TENANT)).scan(MetricsScan.everything())) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.samples().startMillis(0)).isEqualTo(NOW - 60_000);
        }
    }
}
