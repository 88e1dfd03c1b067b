package io.lambdascope.testkit.promql;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.labels.Labels;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.testkit.metrics.SampleSplitter;
import java.util.SortedMap;

/// In segments of the head, as `splitter` cuts the data.
public final class SegmentPlacement implements DataPlacement {
    static final Tenant TENANT = new Tenant("scripts");

    private final SampleSplitter splitter;

    public SegmentPlacement(SampleSplitter splitter) {
        this.splitter = splitter;
    }

    @Override
    public ScriptEngine place(SortedMap<Labels, SeriesSamples> data) {
        return ScriptEngines.over(splitter.split(data).stream()
                .map(SegmentPlacement::encode)
                .map(MetricsSegmentSource::new)
                .toList());
    }

    /// `batch` encoded, stored and read again.
    static Segment encode(MetricsBatch batch) {
        return Segment.of(MetricsSegmentWriter.encode(TENANT, batch, 0, SegmentFormat.LEVEL_FAST)
                .bytes());
    }
}
