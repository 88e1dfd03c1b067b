package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Finds the units of one signal, of one or several tenants.
///
/// @param <U> units that are read together
final class TenantUnits<U> {
    private final UnitFinder finder;
    private final Signal signal;
    private final BiFunction<List<Unit>, Boolean, U> join;

    /// @param join makes one of units, and whether what they hold is to carry its tenant
    TenantUnits(UnitFinder finder, Signal signal, BiFunction<List<Unit>, Boolean, U> join) {
        this.finder = finder;
        this.signal = signal;
        this.join = join;
    }

    /// All that may hold rows in `range`.
    U find(List<Tenant> tenants, TimeRange range) {
        return findWithGaps(tenants, range).items();
    }

    /// As [#find], for an answer that has no way to say that rows are missing in it.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if some are
    U findWhole(List<Tenant> tenants, TimeRange range) {
        return findWithGaps(tenants, range).whole();
    }

    /// As [#find], with what an answer must say of rows that are missing in it.
    Found<U> findWithGaps(List<Tenant> tenants, TimeRange range) {
        List<Snapshot> snapshots = tenants.stream()
                .map(tenant -> finder.find(tenant, signal, range))
                .toList();
        List<Unit> units = snapshots.stream()
                .flatMap(snapshot -> snapshot.units().stream())
                .toList();
        List<String> gaps =
                snapshots.stream().map(Snapshot::gap).flatMap(Optional::stream).toList();
        return new Found<>(join.apply(units, tenants.size() > 1), gaps);
    }
}
