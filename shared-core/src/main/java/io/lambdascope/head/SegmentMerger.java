package io.lambdascope.head;

import io.lambdascope.model.Signal;
import java.util.List;

/// Makes one segment of many: each signal has one.
public interface SegmentMerger {
    Signal signal();

    /// A segment that holds what `segments` hold, each row once.
    ///
    /// @param segments one or more, of one tenant, in any order
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if one of them does not read as what it should be
    Segment merge(List<Segment> segments);
}
