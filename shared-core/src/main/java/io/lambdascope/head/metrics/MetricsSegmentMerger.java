package io.lambdascope.head.metrics;

import io.lambdascope.fault.Fault;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.SegmentMerger;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.model.metrics.MetricMetadata;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// Makes one segment of many: every series once, its samples in order, one for each moment by
/// [io.lambdascope.model.metrics.SampleRule].
public final class MetricsSegmentMerger implements SegmentMerger {
    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public Segment merge(List<Segment> segments) {
        Tenant tenant = segments.getFirst().header().tenant();
        SeriesMerge merge = new SeriesMerge();
        TimeRange range = segments.getFirst().header().range();
        for (Segment segment : segments) {
            if (!segment.header().tenant().equals(tenant)) {
                throw Fault.corrupt(
                        "segments of %s and of %s do not merge",
                        tenant, segment.header().tenant());
            }
            range = range.union(segment.header().range());
            merge.add(MetricsSegmentReader.read(segment));
        }
        MetricsBatch merged = merge.result();
        return MetricsSegmentWriter.encode(tenant, merged, range.fromMillis(), SegmentFormat.LEVEL_SMALL);
    }

    /// Metadata, equal items once.
    static void addMetadata(List<MetricsBatch> from, MetricsBatch into) {
        from.stream()
                .flatMap(batch -> batch.metadata().stream())
                .distinct()
                .forEach((MetricMetadata item) -> into.addMetadata(item));
    }
}
