package io.lambdascope.compact.logs;

import io.lambdascope.block.logs.LogsBlockMerger;
import io.lambdascope.block.logs.LogsBlockSettings;
import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogKeys;
import io.lambdascope.catalog.logs.StoredLogs;
import io.lambdascope.compact.CompactionJob;
import io.lambdascope.compact.SegmentFetcher;
import io.lambdascope.compact.SignalCompactor;
import io.lambdascope.compact.WrittenBlock;
import io.lambdascope.head.Segment;
import io.lambdascope.head.logs.LogsSegmentSource;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.logs.LogsOpener;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.store.Ids;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.Deadline;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Compacts logs: one block for each window and shard of a job.
public final class LogsCompactor implements SignalCompactor {
    /// Segments are merged in memory, where they take up to four times their uncompressed bytes; what would be more
    /// becomes a further block.
    private static final long MAX_BYTES_IN_MEMORY = 96 << 20;

    /// Blocks of a higher level hold what arrived before; ids of blocks ascend.
    private static final Comparator<CatalogBlock> BY_ARRIVAL = Comparator.comparingInt(
                    (CatalogBlock block) -> -block.unit().level())
            .thenComparing(block -> block.unit().id());

    private final LogsBlockMerger merger;
    private final LogsOpener opener;
    private final SegmentFetcher fetcher;
    private final Ids ids;

    /// @param scratch an existing directory on local disk, where blocks lie until they are uploaded
    public LogsCompactor(LogsBlockSettings settings, LogsOpener opener, ObjectStore objects, Ids ids, Path scratch) {
        this.merger = new LogsBlockMerger(settings, objects, scratch);
        this.opener = opener;
        this.fetcher = new SegmentFetcher(objects, SegmentFetcher.USUALLY_AT_ONCE);
        this.ids = ids;
    }

    @Override
    public Signal signal() {
        return Signal.LOGS;
    }

    @Override
    public boolean mayHold(Unit unit, Deletion deletion) {
        return true;
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
        job.segments().forEach(StoredLogs::requireWhole);
        List<Segment> together = new ArrayList<>();
        long bytes = 0;
        for (Segment segment : fetcher.fetch(job.segments())) {
            long more = segment.header().payloadBytes();
            if (!together.isEmpty() && bytes + more > MAX_BYTES_IN_MEMORY) {
                write(job, together, deadline, written);
                together.clear();
                bytes = 0;
            }
            together.add(segment);
            bytes += more;
        }
        write(job, together, deadline, written);
    }

    private void write(CompactionJob job, List<Segment> segments, Deadline deadline, Consumer<WrittenBlock> written) {
        deadline.check();
        LogsSource source = new TimedLogs(LogsSegmentSource.of(segments), deadline);
        merge(job, List.of(source), TimeRange.ALWAYS, Shard.ALL, written);
    }

    private record Input(Unit unit, LogsSource source) {}

    private void writeBlocks(CompactionJob job, Deadline deadline, Consumer<WrittenBlock> written) {
        List<Input> inputs = new ArrayList<>();
        try {
            job.blocks().stream()
                    .sorted(BY_ARRIVAL)
                    .map(CatalogBlock::unit)
                    .forEach(unit -> inputs.add(new Input(unit, new TimedLogs(opener.open(unit), deadline))));
            for (TimeRange window : job.windows()) {
                for (Shard shard : job.shards()) {
                    merge(job, sources(inputs, window, shard), window, shard, written);
                }
            }
        } finally {
            inputs.forEach(input -> input.source().close());
        }
    }

    private static List<LogsSource> sources(List<Input> inputs, TimeRange window, Shard shard) {
        return inputs.stream()
                .filter(input -> input.unit().range().overlaps(window)
                        && input.unit().shard().overlaps(shard))
                .map(Input::source)
                .toList();
    }

    private void merge(
            CompactionJob job,
            List<LogsSource> sources,
            TimeRange window,
            Shard shard,
            Consumer<WrittenBlock> written) {
        String id = ids.next();
        String prefix = CatalogKeys.blockPrefix(job.tenant(), job.signal(), job.level(), id);
        merger.merge(sources, window, shard, prefix)
                .ifPresent(block -> written.accept(WrittenBlock.of(job, id, prefix, shard, block)));
    }
}
