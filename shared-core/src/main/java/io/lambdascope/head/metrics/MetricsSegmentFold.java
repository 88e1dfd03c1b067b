package io.lambdascope.head.metrics;

import io.lambdascope.head.Segment;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.Unit;
import io.lambdascope.source.metrics.ExemplarCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import io.lambdascope.source.metrics.RemainingMetrics;
import java.util.ArrayList;
import java.util.List;

/// Many segments as one source: merged as they come, so that memory grows with the series and samples in them and
/// not with how often a series is repeated.
public final class MetricsSegmentFold {
    /*
     * A segment of some seconds spends far more on labels than on samples, so holding all of them until the end would
     * take a multiple of the result. Batches are merged by the dozen, and the results by the dozen again: each sample
     * is copied log times.
     */
    private static final int BATCHES_AT_ONCE = 16;
    private static final int SERIES_AT_ONCE = 200_000;

    /// batches of each generation, the youngest first
    private final List<List<MetricsBatch>> generations = new ArrayList<>();
    private long samples;

    /// Takes a segment in, less what the deletions of `unit` cover.
    ///
    /// @param unit that `segment` was read from
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if it is not what it should be; then nothing was taken
    public void add(Segment segment, Unit unit) {
        MetricsBatch whole = MetricsSegmentReader.read(segment);
        MetricsBatch batch = unit.deletions().isEmpty()
                ? whole
                : batchOf(RemainingMetrics.of(new MetricsSegmentSource(whole), unit));
        samples += batch.sampleCount();
        add(batch, 0);
    }

    private static MetricsBatch batchOf(MetricsSource source) {
        MetricsBatch batch = new MetricsBatch();
        try (MetricsCursor series = source.scan(MetricsScan.everything())) {
            while (series.next()) {
                int _ = batch.startSeries(series.labels());
                batch.addSamples(series.samples());
            }
        }
        try (ExemplarCursor series = source.exemplars(MetricsScan.everything())) {
            while (series.next()) {
                int _ = batch.startSeries(series.labels());
                series.exemplars().forEach(batch::addExemplar);
            }
        }
        source.metadata().forEach(batch::addMetadata);
        return batch;
    }

    private void add(MetricsBatch batch, int generation) {
        if (generation == generations.size()) {
            generations.add(new ArrayList<>());
        }
        List<MetricsBatch> batches = generations.get(generation);
        batches.add(batch);
        long series = batches.stream().mapToLong(MetricsBatch::seriesCount).sum();
        if (batches.size() == BATCHES_AT_ONCE || batches.size() > 1 && series > SERIES_AT_ONCE) {
            MetricsBatch merged = merge(batches);
            batches.clear();
            add(merged, generation + 1);
        }
    }

    /// Samples taken in, repeated ones counted each time.
    public long samples() {
        return samples;
    }

    public boolean isEmpty() {
        return generations.isEmpty();
    }

    /// All that was taken in. The fold begins anew.
    public MetricsSource source() {
        List<MetricsBatch> all = generations.stream().flatMap(List::stream).toList();
        generations.clear();
        samples = 0;
        return new MetricsSegmentSource(all.size() == 1 ? all.getFirst() : merge(all));
    }

    private static MetricsBatch merge(List<MetricsBatch> batches) {
        SeriesMerge merge = new SeriesMerge();
        batches.forEach(merge::add);
        return merge.result();
    }
}
