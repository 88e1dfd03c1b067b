package io.lambdascope.compact.metrics;

import io.lambdascope.block.metrics.MetricsBlockMerger;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.compact.CompactionJob;
import io.lambdascope.compact.SegmentFetcher;
import io.lambdascope.compact.SignalCompactor;
import io.lambdascope.compact.WrittenBlock;
import io.lambdascope.head.Segment;
import io.lambdascope.head.metrics.MetricsSegmentFold;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.MetricsFacts;
import io.lambdascope.source.metrics.MetricsOpener;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.SeriesDeletion;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.Deadline;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Compacts metrics: one block for each window and shard of a job.
public final class MetricsCompactor implements SignalCompactor {
    /// Segments are merged in memory, at 16 bytes and more a sample; what would be more becomes a further block.
    private static final long MAX_SAMPLES_IN_MEMORY = 16_000_000;

    private final MetricsBlockMerger merger;
    private final MetricsOpener opener;
    private final Ids ids;
    private final SegmentFetcher fetcher;

    /// @param scratch an existing directory on local disk, where blocks lie until they are uploaded
    public MetricsCompactor(
            MetricsBlockSettings settings, MetricsOpener opener, ObjectStore objects, Ids ids, Path scratch) {
        this(settings, opener, objects, ids, scratch, SegmentFetcher.USUALLY_AT_ONCE);
    }

    /// @param fetchedAtOnce how many segments; one after the other where the order of calls must not vary
    public MetricsCompactor(
            MetricsBlockSettings settings,
            MetricsOpener opener,
            ObjectStore objects,
            Ids ids,
            Path scratch,
            int fetchedAtOnce) {
        this.merger = new MetricsBlockMerger(settings, objects, scratch);
        this.opener = opener;
        this.ids = ids;
        this.fetcher = new SegmentFetcher(objects, fetchedAtOnce);
    }

    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public boolean mayHold(Unit unit, Deletion deletion) {
        MetricsFacts facts = MetricsFacts.decode(unit.facts());
        return SeriesDeletion.of(deletion).selectors().stream().anyMatch(facts::mayMatch);
    }

    @Override
    public void write(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written) {
        if (job.blocks().isEmpty()) {
            writeSegments(job, deadline, written);
        } else {
            writeBlocks(job, deadline, written);
        }
    }

    private void writeSegments(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written) {
        MetricsSegmentFold fold = new MetricsSegmentFold();
        Iterator<Segment> segments = fetcher.fetch(job.segments()).iterator();
        for (Unit unit : job.segments()) {
            deadline.check();
            fold.add(segments.next(), unit);
            if (fold.samples() >= MAX_SAMPLES_IN_MEMORY) {
                write(job, fold, deadline, written);
            }
        }
        if (!fold.isEmpty()) {
            write(job, fold, deadline, written);
        }
    }

    private void write(CompactionJob job, MetricsSegmentFold fold, Deadline deadline, Consumer<WrittenBlock> written) {
        MetricsSource source = new TimedMetrics(fold.source(), deadline);
        merge(job, List.of(source), new MetricsBlockMerger.Cut(job.range(), Shard.ALL, true), written);
    }

    private record Input(Unit unit, MetricsSource source) {}

    private void writeBlocks(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written) {
        List<Input> inputs = new ArrayList<>();
        try {
            for (CatalogBlock block : job.blocks()) {
                inputs.add(new Input(block.unit(), new TimedMetrics(opener.open(block.unit()), deadline)));
            }
            List<TimeRange> windows = job.windows();
            for (TimeRange window : windows) {
                for (Shard shard : job.shards()) {
                    // metadata belongs to no time and no series: it goes with what is kept longest, from all inputs
                    boolean metadata = window.equals(windows.getLast())
                            && shard.equals(job.shards().getFirst());
                    merge(
                            job,
                            sources(inputs, window, shard, metadata),
                            new MetricsBlockMerger.Cut(window, shard, metadata),
                            written);
                }
            }
        } finally {
            inputs.forEach(input -> input.source().close());
        }
    }

    private static List<MetricsSource> sources(List<Input> inputs, TimeRange window, Shard shard, boolean all) {
        return inputs.stream()
                .filter(input -> all
                        || input.unit().range().overlaps(window)
                                && input.unit().shard().overlaps(shard))
                .map(Input::source)
                .toList();
    }

    private void merge(
            CompactionJob job,
            List<MetricsSource> sources,
            MetricsBlockMerger.Cut cut,
            Consumer<WrittenBlock> written) {
        if (sources.isEmpty()) {
            return;
        }
        String id = ids.next();
        String prefix = CatalogKeys.blockPrefix(job.tenant(), job.signal(), job.level(), id);
        merger.merge(sources, cut, prefix)
                .ifPresent(block -> written.accept(WrittenBlock.of(job, id, prefix, cut.shard(), block)));
    }
}
