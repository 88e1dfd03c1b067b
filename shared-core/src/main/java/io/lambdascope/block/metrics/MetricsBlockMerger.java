package io.lambdascope.block.metrics;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.source.Shard;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MergingExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes one block of what lies in several units: series in label order, each moment once by
/// [io.lambdascope.model.metrics.SampleRule], cut to a time window and a shard. Streams: memory does not grow with the
/// length of the block.
public final class MetricsBlockMerger {
    private final MetricsBlockSettings settings;
    private final ObjectStore store;
    private final Path scratch;

    /// @param scratch an existing directory on local disk
    public MetricsBlockMerger(MetricsBlockSettings settings, ObjectStore store, Path scratch) {
        this.settings = settings;
        this.store = store;
        this.scratch = scratch;
    }

    /// What to take of the inputs.
    ///
    /// @param window only samples and exemplars inside; a block of metadata alone says that this is its range
    /// @param shard only series of this shard
    /// @param metadata whether to carry metadata along: enough for one of the blocks that inputs are cut into
    public record Cut(TimeRange window, Shard shard, boolean metadata) {}

    /// Writes what `cut` takes of `inputs` as one block. Reads each input twice: labels first, since a schema has to
    /// be known before the first row.
    ///
    /// @param inputs stay open
    /// @param prefix where its objects go, ends in `/`; never used before
    /// @return empty if there is nothing in it; then nothing was written
    public Optional<BlockInfo> merge(List<? extends MetricsSource> inputs, Cut cut, String prefix) {
        MetricsScan labelsOnly = new MetricsScan(List.of(), cut.window(), cut.shard(), false);
        MetricsScan all = new MetricsScan(List.of(), cut.window(), cut.shard(), true);
        LabelColumns.Survey survey = new LabelColumns.Survey();
        try (MetricsCursor series = series(inputs, labelsOnly);
                ExemplarCursor exemplars = exemplars(inputs, all)) {
            while (series.next()) {
                survey.add(series.labels());
            }
            while (exemplars.next()) {
                survey.add(exemplars.labels());
            }
        }
        LabelColumns columns = survey.columns(settings.maxLabelColumns());
        try (MetricsBlockWriter writer = new MetricsBlockWriter(settings, columns, store, prefix, scratch);
                MetricsCursor series = series(inputs, all);
                ExemplarCursor exemplars = exemplars(inputs, all)) {
            writer.addAll(series);
            writer.addExemplars(exemplars);
            if (cut.metadata()) {
                inputs.forEach(input -> writer.addMetadata(input.metadata()));
            }
            return writer.isEmpty() ? Optional.empty() : Optional.of(writer.finish(cut.window()));
        }
    }

    private static MetricsCursor series(List<? extends MetricsSource> inputs, MetricsScan request) {
        return MergingCursor.of(
                inputs.stream().map(input -> input.scan(request)).toList());
    }

    private static ExemplarCursor exemplars(List<? extends MetricsSource> inputs, MetricsScan request) {
        return new MergingExemplarCursor(
                inputs.stream().map(input -> input.exemplars(request)).toList());
    }

    /// How many shards of about `targetBytes` hold `bytes`: a power of two, so that the shards of one block are parts
    /// of those of another.
    public static int shardsFor(long bytes, long targetBytes) {
        int shards = 1;
        while (shards < 1024 && bytes / shards > targetBytes) {
            shards *= 2;
        }
        return shards;
    }
}
