package io.lambdascope.testkit.metrics;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;

class MetricsBlockContractTest extends MetricsSourceContract {
    @TempDir
    Path scratch;

    private final HeapObjects objects = new HeapObjects();
    private int blocks;

    static Unit unit(String id, BlockInfo info) {
        return new Unit(
                id,
                new Tenant("team-a"),
                Signal.METRICS,
                0,
                info.range(),
                Shard.ALL,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix("blocks/" + id + "/", info.tables()));
    }

    /// Rows, pages and row groups so small that a few series fill several, and few label columns.
    private static MetricsBlockSettings settings(SplittableRandom random) {
        return new MetricsBlockSettings(
                Duration.ofMinutes(random.nextInt(1, 200)),
                random.nextInt(1, 300),
                random.nextInt(1, 4) << 9,
                random.nextInt(1, 30) << 10,
                1,
                random.nextInt(0, 10),
                1024);
    }

    private MetricsSource block(List<? extends MetricsSource> inputs, SplittableRandom random) {
        String id = "b" + blocks++;
        MetricsBlockMerger merger = new MetricsBlockMerger(settings(random), objects, scratch);
        return merger.merge(inputs, new MetricsBlockMerger.Cut(TimeRange.ALWAYS, Shard.ALL, true), "blocks/" + id + "/")
                .<MetricsSource>map(info -> new MetricsBlockSource(objects, unit(id, info), new BlockCache(1 << 20)))
                .orElseGet(() -> new MetricsSegmentSource(MetricsSegmentContractTest.segment(new MetricsBatch())));
    }

    /// All batches as one block, or first each as a block and then these as one.
    @Override
    protected MetricsSource source(List<MetricsBatch> batches, SplittableRandom random) {
        List<MetricsSource> inputs = new ArrayList<>();
        for (MetricsBatch batch : batches) {
            MetricsSource segment = new MetricsSegmentSource(MetricsSegmentContractTest.segment(batch));
            inputs.add(random.nextBoolean() ? block(List.of(segment), random) : segment);
        }
        return block(inputs, random);
    }
}
