package io.lambdascope.exec.metrics;

import io.lambdascope.source.metrics.MergingCursor;
import io.lambdascope.source.metrics.MetricsCursor;
import io.lambdascope.source.metrics.MetricsScan;
import io.lambdascope.source.metrics.MetricsSource;
import java.util.ArrayList;
import java.util.List;

/// Reads series from several sources; of samples of one series at one moment one is kept by
/// [io.lambdascope.model.metrics.SampleRule].
public final class UnitSeriesReader implements SeriesReader {
    private final List<MetricsSource> sources;

    /// @param sources stay open and are the caller's to close
    public UnitSeriesReader(List<? extends MetricsSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public MetricsCursor read(MetricsScan scan) {
        List<MetricsCursor> cursors = new ArrayList<>(sources.size());
        try {
            for (MetricsSource source : sources) {
                cursors.add(source.scan(scan));
            }
        } catch (RuntimeException e) {
            cursors.forEach(MetricsCursor::close);
            throw e;
        }
        return MergingCursor.of(cursors);
    }
}
