package io.lambdascope.testkit.promql;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockSource;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.SampleSplitter;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// In Parquet blocks, one for each window of time and shard, merged from segments; some of the segments may stay what
/// they are.
public final class BlockPlacement implements DataPlacement {
    /// Rows, pages and row groups so small that a few series fill several.
    private static final MetricsBlockSettings SETTINGS =
            new MetricsBlockSettings(Duration.ofMinutes(50), 100, 1 << 10, 16 << 10, 1, 3, 1024);

    private static final int CACHE_BYTES = 16 << 20;

    private final SampleSplitter splitter;
    private final Duration window;
    private final int shards;
    private final int merged;
    private final Path scratch;

    /// @param window length of a block's window
    /// @param shards how many blocks share a window
    /// @param merged how many of the segments that `splitter` makes go into blocks
    /// @param scratch a directory that blocks are written in
    public BlockPlacement(SampleSplitter splitter, Duration window, int shards, int merged, Path scratch) {
        this.splitter = splitter;
        this.window = window;
        this.shards = shards;
        this.merged = merged;
        this.scratch = scratch;
    }

    @Override
    public ScriptEngine place(SortedMap<Labels, SeriesSamples> data) {
        List<MetricsSource> inputs = new ArrayList<>();
        List<MetricsSource> sources = new ArrayList<>();
        for (MetricsBatch batch : splitter.split(data)) {
            MetricsSource segment = new MetricsSegmentSource(SegmentPlacement.encode(batch));
            (inputs.size() < merged ? inputs : sources).add(segment);
        }
        MemoryObjectStore objects = new MemoryObjectStore(() -> Instant.EPOCH);
        MetricsBlockMerger merger = new MetricsBlockMerger(SETTINGS, objects, scratch);
        BlockCache cache = new BlockCache(CACHE_BYTES);
        for (TimeRange range : MetricsBlockMerger.windows(rangeOf(data), window)) {
            for (int shard = 0; shard < shards; shard++) {
                String prefix = "blocks/" + sources.size() + "/";
                Shard of = new Shard(shard, shards);
                Optional<BlockInfo> block =
                        merger.merge(inputs, new MetricsBlockMerger.Cut(range, of, shard == 0), prefix);
                block.ifPresent(info -> sources.add(new MetricsBlockSource(objects, unitOf(info, of, prefix), cache)));
            }
        }
        return ScriptEngines.over(sources);
    }

    private static TimeRange rangeOf(SortedMap<Labels, SeriesSamples> data) {
        TimeRange all = null;
        for (SeriesSamples samples : data.values()) {
            TimeRange one = TimeRange.ofMillisInclusive(samples.timestamp(0), samples.timestamp(samples.size() - 1));
            all = all == null ? one : all.union(one);
        }
        return all == null ? new TimeRange(0, 0) : all;
    }

    private static Unit unitOf(BlockInfo info, Shard shard, String prefix) {
        return new Unit(
                prefix,
                SegmentPlacement.TENANT,
                Signal.METRICS,
                1,
                info.range(),
                shard,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix(prefix, info.tables()));
    }
}
