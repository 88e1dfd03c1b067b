package io.lambdascope.head.logs;

import io.lambdascope.fault.Fault;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentFormat;
import io.lambdascope.head.SegmentMerger;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.util.Comparator;
import java.util.List;

/// Makes one segment of many: every stream once, its entries in order, each once.
public final class LogsSegmentMerger implements SegmentMerger {
    @Override
    public Signal signal() {
        return Signal.LOGS;
    }

    @Override
    public Segment merge(List<Segment> segments) {
        Tenant tenant = segments.getFirst().header().tenant();
        for (Segment segment : segments) {
            if (!segment.header().tenant().equals(tenant)) {
                throw Fault.corrupt(
                        "segments of %s and of %s do not merge",
                        tenant, segment.header().tenant());
            }
        }
        List<LogsSegmentReader.Contents> contents = byArrival(segments);
        LogsMerge merge = LogsMerge.of(
                contents.stream().map(LogsSegmentReader.Contents::batch).toList());
        return LogsSegmentWriter.encode(
                tenant, merge.result(), contents.getFirst().arrivedNanos(), SegmentFormat.LEVEL_SMALL);
    }

    /// What `segments` hold, those that arrived first first; of those that arrived at once, any order will do, but
    /// always the same.
    static List<LogsSegmentReader.Contents> byArrival(List<Segment> segments) {
        return segments.stream()
                .sorted(Comparator.comparing(Segment::id))
                .map(LogsSegmentReader::read)
                .sorted(Comparator.comparingLong(LogsSegmentReader.Contents::arrivedNanos))
                .toList();
    }
}
