package io.lambdascope.source.metrics;

import io.lambdascope.labels.Matcher;
import io.lambdascope.source.TenantLabel;
import io.lambdascope.source.Unit;
import java.util.List;
import java.util.function.Function;

/// Units that are read together.
///
/// @param units of one snapshot
/// @param labelled whether series carry the tenant of their unit as [TenantLabel#NAME]: they do where a query is over
///     several tenants, though these units may all belong to one
public record MetricsUnits(List<Unit> units, boolean labelled) {
    public MetricsUnits {
        units = List.copyOf(units);
    }

    /// Units of one tenant, whose series are as they are stored.
    public static MetricsUnits of(List<Unit> units) {
        return new MetricsUnits(units, false);
    }

    /// Those of which some series may pass all matchers of a selector.
    ///
    /// @param selectors which ones to look at for a unit
    public MetricsUnits prune(Function<Unit, List<List<Matcher>>> selectors) {
        return new MetricsUnits(
                units.stream()
                        .filter(unit -> mayMatch(unit, selectors.apply(unit)))
                        .toList(),
                labelled);
    }

    private boolean mayMatch(Unit unit, List<List<Matcher>> selectors) {
        if (selectors.isEmpty()) {
            return false;
        }
        MetricsFacts facts = MetricsFacts.decode(unit.facts());
        for (List<Matcher> selector : selectors) {
            boolean may = labelled
                    ? TenantLabel.remove(selector, unit.tenant())
                            .filter(facts::mayMatch)
                            .isPresent()
                    : facts.mayMatch(selector);
            if (may) {
                return true;
            }
        }
        return false;
    }

    /// Opens one of them; the caller closes it.
    ///
    /// @throws io.lambdascope.fault.Fault as [MetricsOpener#open]
    public MetricsSource open(Unit unit, MetricsOpener opener) {
        MetricsSource stored = opener.open(unit);
        return labelled ? new TenantSource(stored, unit.tenant()) : stored;
    }

    /// Stored bytes of all of them.
    public long bytes() {
        return units.stream().mapToLong(Unit::bytes).sum();
    }
}
