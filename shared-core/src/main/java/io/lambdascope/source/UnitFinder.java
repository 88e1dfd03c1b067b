package io.lambdascope.source;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.time.TimeRange;

/// Says which units make up a tenant's data of one signal in a time range: a snapshot, in which every row that was
/// acknowledged before the call stands at least once, and a segment is left out where a block that holds it is named.
public interface UnitFinder {
    /// The units that may hold rows in `range`.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the tables cannot be asked
    Snapshot find(Tenant tenant, Signal signal, TimeRange range);
}
