package io.lambdascope.testkit.promql;

import io.lambdascope.block.BlockCache;
import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.BlockWindow;
import io.lambdascope.catalog.metrics.StoredMetrics;
import io.lambdascope.exec.FanOut;
import io.lambdascope.exec.metrics.MetricsExecutor;
import io.lambdascope.exec.metrics.ScanExecutor;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.QueryBudget;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.plan.PlanSettings;
import io.lambdascope.plan.metrics.MetricsPlanner;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.store.MemoryObjectStore;
import io.lambdascope.testkit.metrics.SampleSplitter;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// In segments and Parquet blocks as the head and the catalog hold them, asked through the planner.
public final class StoredPlacement implements DataPlacement {
    /// Few bytes are enough to fan out, with several pieces of time and series.
    static final PlanSettings FANNED_OUT = new PlanSettings(0, 2_000, 12, 8);

    private static final Tenant TENANT = new Tenant("scripts");
    private static final int CACHE_BYTES = 16 << 20;

    /// Rows, pages and row groups so small that a few series fill several.
    private static final MetricsBlockSettings SETTINGS =
            new MetricsBlockSettings(Duration.ofMinutes(50), 100, 1 << 10, 16 << 10, 1, 3, 1024);

    /// How data lies.
    ///
    /// @param splitter cuts it into segments
    /// @param merged so many of the segments go into blocks, the others stay
    /// @param window length of a block's window
    /// @param shards how many blocks share a window
    public record Layout(SampleSplitter splitter, int merged, Duration window, int shards) {
        static Layout segments(SampleSplitter splitter) {
            return new Layout(splitter, 0, Duration.ofHours(1), 1);
        }
    }

    private final Layout layout;
    private final PlanSettings plans;
    private final Path scratch;
    private final InstantSource clock;

    /// @param scratch an existing directory that blocks are written in
    public StoredPlacement(Layout layout, PlanSettings plans, Path scratch) {
        this(layout, plans, scratch, InstantSource.fixed(Instant.EPOCH));
    }

    /// @param clock what deadlines of queries are measured by
    public StoredPlacement(Layout layout, PlanSettings plans, Path scratch, InstantSource clock) {
        this.layout = layout;
        this.plans = plans;
        this.scratch = scratch;
        this.clock = clock;
    }

    @Override
    public ScriptEngine place(SortedMap<Labels, SeriesSamples> data) {
        return place(Map.of(TENANT, data), false);
    }

    /// Places each tenant's data as its own, asked over all of them.
    public ScriptEngine place(Map<Tenant, SortedMap<Labels, SeriesSamples>> byTenant) {
        return place(byTenant, true);
    }

    private ScriptEngine place(Map<Tenant, SortedMap<Labels, SeriesSamples>> byTenant, boolean labelled) {
        Placed placed = store(byTenant, labelled);
        return (query, grid) ->
                placed.executor.execute(query, grid, ScriptEngines.SETTINGS, placed.units, QueryBudget.unlimited());
    }

    /// Data that has been placed.
    ///
    /// @param units hold all of it
    public record Placed(MetricsUnits units, MetricsExecutor executor) {}

    /// Places `data` for callers with settings of their own.
    public Placed store(SortedMap<Labels, SeriesSamples> data) {
        return store(Map.of(TENANT, data), false);
    }

    /// Places each tenant's data as its own.
    ///
    /// @param labelled as [MetricsUnits#labelled]
    public Placed store(Map<Tenant, SortedMap<Labels, SeriesSamples>> byTenant, boolean labelled) {
        MemoryObjectStore objects = new MemoryObjectStore(clock);
        MetricsOpener opener = new StoredMetrics(objects, new BlockCache(CACHE_BYTES));
        List<Unit> all = new ArrayList<>();
        byTenant.forEach((tenant, data) -> all.addAll(units(tenant, data, objects, opener)));
        MetricsUnits units = new MetricsUnits(all, labelled);
        FanOut fanOut = new FanOut(new ScanExecutor(opener, objects, () -> "left", clock), objects, clock, 1);
        return new Placed(units, new MetricsExecutor(new MetricsPlanner(plans), opener, fanOut));
    }

    private List<Unit> units(
            Tenant tenant, SortedMap<Labels, SeriesSamples> data, MemoryObjectStore objects, MetricsOpener opener) {
        List<Unit> units = new ArrayList<>();
        for (MetricsBatch batch : layout.splitter.split(data)) {
            units.add(segment(tenant, batch));
        }
        int merged = Math.min(layout.merged, units.size());
        if (merged > 0) {
            List<Unit> inputs = units.subList(0, merged);
            List<Unit> blocks = blocks(tenant, inputs, rangeOf(data), objects, opener);
            inputs.clear();
            units.addAll(blocks);
        }
        return units;
    }

    /// A batch as a segment of its own.
    public static Unit segment(Tenant tenant, MetricsBatch batch) {
        Segment segment = MetricsSegmentWriter.encode(tenant, batch, 0, SegmentFormat.LEVEL_FAST);
        return new Unit(
                segment.id(),
                tenant,
                Signal.METRICS,
                Unit.SEGMENT,
                segment.header().range(),
                Shard.ALL,
                segment.header().rows(),
                segment.bytes().length,
                segment.header().facts(),
                new Unit.Place.Inline(segment.bytes()));
    }

    private List<Unit> blocks(
            Tenant tenant, List<Unit> inputs, TimeRange range, MemoryObjectStore objects, MetricsOpener opener) {
        List<MetricsSource> sources = inputs.stream().map(opener::open).toList();
        MetricsBlockMerger merger = new MetricsBlockMerger(SETTINGS, objects, scratch);
        List<Unit> blocks = new ArrayList<>();
        for (TimeRange window : BlockWindow.of(range, layout.window.toNanos())) {
            for (int i = 0; i < layout.shards; i++) {
                String prefix = "blocks/" + tenant + "/" + blocks.size() + "/";
                Shard shard = new Shard(i, layout.shards);
                merger.merge(sources, new MetricsBlockMerger.Cut(window, shard, i == 0), prefix)
                        .ifPresent(info -> blocks.add(block(tenant, info, shard, prefix)));
            }
        }
        sources.forEach(MetricsSource::close);
        return blocks;
    }

    private static Unit block(Tenant tenant, BlockInfo info, Shard shard, String prefix) {
        return new Unit(
                prefix,
                tenant,
                Signal.METRICS,
                1,
                info.range(),
                shard,
                info.rows(),
                info.bytes(),
                info.facts(),
                new Unit.Place.Prefix(prefix, info.tables()));
    }

    private static TimeRange rangeOf(SortedMap<Labels, SeriesSamples> data) {
        return data.values().stream()
                .map(samples ->
                        TimeRange.ofMillisInclusive(samples.timestamp(0), samples.timestamp(samples.size() - 1)))
                .reduce(TimeRange::union)
                .orElse(new TimeRange(0, 0));
    }
}
