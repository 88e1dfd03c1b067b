package io.lambdascope.compact.metrics;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.compact.CompactionJob;
import io.lambdascope.compact.SignalCompactor;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Compacts metrics: one block for each window and shard of a job.
public final class MetricsCompactor implements SignalCompactor {
    /// Small segments lie in many places; they are fetched by several threads.
    private static final int OPENED_AT_ONCE = 8;

    private final MetricsBlockMerger merger;
    private final MetricsOpener opener;
    private final Ids ids;

    /// @param scratch an existing directory on local disk, where blocks lie until they are uploaded
    public MetricsCompactor(
            MetricsBlockSettings settings, MetricsOpener opener, ObjectStore objects, Ids ids, Path scratch) {
        this.merger = new MetricsBlockMerger(settings, objects, scratch);
        this.opener = opener;
        this.ids = ids;
    }

    private record Input(Unit unit, MetricsSource source) {}

    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public List<Unit> write(CompactionJob job) {
        List<Input> inputs = open(job.units());
        try {
            return write(job, inputs);
        } finally {
            inputs.forEach(input -> input.source().close());
        }
    }

    private List<Input> open(List<Unit> units) {
        List<Input> inputs = new ArrayList<>();
        List<Future<Input>> opening = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(OPENED_AT_ONCE, Thread.ofVirtual().factory())) {
            units.forEach(unit -> opening.add(threads.submit(() -> new Input(unit, opener.open(unit)))));
            for (Future<Input> one : opening) {
                inputs.add(one.get());
            }
            return inputs;
        } catch (ExecutionException e) {
            inputs.forEach(input -> input.source().close());
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("a unit could not be opened", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while units were opened", e);
        }
    }

    private List<Unit> write(CompactionJob job, List<Input> inputs) {
        List<Unit> written = new ArrayList<>();
        List<TimeRange> windows = windows(job);
        for (TimeRange window : windows) {
            for (Shard shard : job.shards()) {
                // metadata belongs to no time and no series: it goes with what is kept longest, from all inputs
                boolean metadata = window.equals(windows.getLast())
                        && shard.equals(job.shards().getFirst());
                Optional<Unit> block = merge(
                        job,
                        new MetricsBlockMerger.Cut(window, shard, metadata),
                        sources(inputs, window, shard, metadata));
                block.ifPresent(written::add);
            }
        }
        return written;
    }

    private static List<TimeRange> windows(CompactionJob job) {
        TimeRange all =
                job.units().stream().map(Unit::range).reduce(TimeRange::union).orElseThrow();
        return job.windowNanos() == 0
                ? List.of(all)
                : MetricsBlockMerger.windows(all, Duration.ofNanos(job.windowNanos()));
    }

    private static List<MetricsSource> sources(List<Input> inputs, TimeRange window, Shard shard, boolean all) {
        return inputs.stream()
                .filter(input -> all
                        || input.unit().range().overlaps(window)
                                && input.unit().shard().overlaps(shard))
                .map(Input::source)
                .toList();
    }

    private Optional<Unit> merge(CompactionJob job, MetricsBlockMerger.Cut cut, List<MetricsSource> sources) {
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        String id = ids.next();
        String prefix = CatalogKeys.blockPrefix(job.tenant(), job.signal(), job.level(), id);
        Optional<BlockInfo> info = merger.merge(sources, cut, prefix);
        return info.map(block -> new Unit(
                id,
                job.tenant(),
                job.signal(),
                job.level(),
                block.range(),
                cut.shard(),
                block.rows(),
                block.bytes(),
                block.facts(),
                new Unit.Place.Prefix(prefix, block.tables())));
    }
}
