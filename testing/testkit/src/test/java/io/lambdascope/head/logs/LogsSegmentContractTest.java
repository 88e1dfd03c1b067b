package io.lambdascope.head.logs;

import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.limits.Tenant;
import io.lambdascope.source.logs.LogsSource;
import io.lambdascope.testkit.logs.LogItem;
import io.lambdascope.testkit.logs.LogsSourceContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Segments as they are pushed, merged by the head in any order.
class LogsSegmentContractTest extends LogsSourceContract {
    private static final Tenant TENANT = new Tenant("shop");

    @Override
    protected LogsSource source(List<List<LogItem>> batches, SplittableRandom random) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            segments.add(LogsSegmentWriter.encode(
                    TENANT, LogItem.batch(batches.get(i)), START_NANOS + i, SegmentFormat.LEVEL_FAST));
        }
        // a message that the queue delivers twice
        segments.add(segments.get(random.nextInt(segments.size())));
        Collections.shuffle(segments, new Random(random.nextLong()));
        return new LogsSegmentSource(new LogsSegmentMerger().merge(segments));
    }
}
