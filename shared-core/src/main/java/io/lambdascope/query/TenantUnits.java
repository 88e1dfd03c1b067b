package io.lambdascope.query;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Unit;
import io.lambdascope.source.UnitFinder;
import io.lambdascope.source.metrics.MetricsUnits;
import io.lambdascope.time.TimeRange;
import java.util.ArrayList;
import java.util.List;

/// Finds the units of metrics of one or several tenants.
final class TenantUnits {
    private final UnitFinder finder;

    TenantUnits(UnitFinder finder) {
        this.finder = finder;
    }

    /// All that may hold rows in `range`.
    MetricsUnits find(List<Tenant> tenants, TimeRange range) {
        List<Unit> units = new ArrayList<>();
        for (Tenant tenant : tenants) {
            units.addAll(finder.find(tenant, Signal.METRICS, range).units());
        }
        return new MetricsUnits(units, tenants.size() > 1);
    }
}
