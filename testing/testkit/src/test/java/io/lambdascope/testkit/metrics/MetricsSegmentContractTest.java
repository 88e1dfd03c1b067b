package io.lambdascope.testkit.metrics;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.metrics.MetricsSegmentMerger;
import io.lambdascope.head.metrics.MetricsSegmentSource;
import io.lambdascope.head.metrics.MetricsSegmentWriter;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.source.metrics.MetricsSource;
import java.util.List;
import java.util.SplittableRandom;

class MetricsSegmentContractTest extends MetricsSourceContract {
    private static final Tenant TENANT = new Tenant("team-a");

    static Segment segment(MetricsBatch batch) {
        return MetricsSegmentWriter.encode(TENANT, batch, RandomMetrics.START, SegmentFormat.LEVEL_FAST);
    }

    @Override
    protected MetricsSource source(List<MetricsBatch> batches, SplittableRandom random) {
        List<Segment> segments =
                batches.stream().map(MetricsSegmentContractTest::segment).toList();
        return new MetricsSegmentSource(new MetricsSegmentMerger().merge(segments));
    }
}
