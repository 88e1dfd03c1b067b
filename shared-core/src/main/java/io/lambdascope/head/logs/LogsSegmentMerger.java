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
    /// Those that arrived first come first; of those that arrived at once, any order will do, but always the same.
    static final Comparator<LogsSegmentReader.Contents> BY_ARRIVAL =
            Comparator.comparingLong(LogsSegmentReader.Contents::arrivedNanos);

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
        List<LogsSegmentReader.Contents> contents = segments.stream()
                .sorted(Comparator.comparing(Segment::id))
                .map(LogsSegmentReader::read)
                .sorted(BY_ARRIVAL)
                .toList();
        LogsMerge merge = new LogsMerge();
        contents.forEach(one -> merge.add(one.batch()));
        return LogsSegmentWriter.encode(
                tenant, merge.result(), contents.getFirst().arrivedNanos(), SegmentFormat.LEVEL_SMALL);
    }
}
