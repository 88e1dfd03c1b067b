package io.lambdascope.benchmarks;

import io.lambdascope.block.BlockInfo;
import io.lambdascope.block.LabelColumns;
import io.lambdascope.block.metrics.MetricsBlockSettings;
import io.lambdascope.block.metrics.MetricsBlockWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.time.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a [Recording] as a block, as compaction does.
public final class RecordingBlock {
    private RecordingBlock() {}

    static Unit write(Recording recording, MetricsBlockSettings settings, ObjectStore store, String id)
            throws IOException {
        return write(recording, settings, store, new Tenant("bench"), id, "blocks/" + id + "/");
    }

    /// @param prefix of its objects, ends in `/`
    /// @return a block of level 1
    public static Unit write(
            Recording recording,
            MetricsBlockSettings settings,
            ObjectStore store,
            Tenant tenant,
            String id,
            String prefix)
            throws IOException {
        LabelColumns.Survey survey = new LabelColumns.Survey();
        recording.series().forEach(series -> survey.add(series.labels()));
        Path scratch = Files.createTempDirectory("bench");
        try (MetricsBlockWriter writer =
                new MetricsBlockWriter(settings, survey.columns(settings.maxLabelColumns()), store, prefix, scratch)) {
            SeriesSamples samples = new SeriesSamples();
            for (Recording.Series series : recording.series()) {
                samples.clear();
                for (int i = 0; i < series.times().length; i++) {
                    samples.add(series.times()[i], series.values()[i]);
                }
                writer.add(series.labels(), samples);
            }
            BlockInfo info = writer.finish(TimeRange.ALWAYS);
            return new Unit(
                    id,
                    tenant,
                    Signal.METRICS,
                    1,
                    info.range(),
                    Shard.ALL,
                    info.rows(),
                    info.bytes(),
                    info.facts(),
                    new Unit.Place.Prefix(prefix, info.tables()));
        } finally {
            Files.delete(scratch);
        }
    }
}
