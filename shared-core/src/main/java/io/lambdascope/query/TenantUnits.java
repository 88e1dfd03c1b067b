package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Snapshot;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.TimeRange;
import java.util.List;

/// Finds the units of metrics of one or several tenants.
final class TenantUnits {
    private final UnitFinder finder;

    TenantUnits(UnitFinder finder) {
        this.finder = finder;
    }

    /// All that may hold rows in `range`.
    MetricsUnits find(List<Tenant> tenants, TimeRange range) {
        return joined(snapshots(tenants, range));
    }

    /// As [#find], for an answer that has no way to say that rows are missing in it.
    ///
    /// @throws Fault CORRUPT_DATA if some are
    MetricsUnits findWhole(List<Tenant> tenants, TimeRange range) {
        List<Snapshot> snapshots = snapshots(tenants, range);
        snapshots.forEach(snapshot -> snapshot.gap().ifPresent(gap -> {
            throw new Fault(FaultKind.CORRUPT_DATA, gap);
        }));
        return joined(snapshots);
    }

    private List<Snapshot> snapshots(List<Tenant> tenants, TimeRange range) {
        return tenants.stream()
                .map(tenant -> finder.find(tenant, Signal.METRICS, range))
                .toList();
    }

    private static MetricsUnits joined(List<Snapshot> tenants) {
        List<Unit> units =
                tenants.stream().flatMap(tenant -> tenant.units().stream()).toList();
        return new MetricsUnits(units, tenants.size() > 1);
    }
}
