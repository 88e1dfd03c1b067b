package io.lambdascope.source.logs;

import io.lambdascope.labels.Matcher;
import io.lambdascope.source.Shard;
import io.lambdascope.source.TenantLabel;
import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.function.Function;

/// Units that are read together.
///
/// @param units of one snapshot
/// @param labelled whether streams carry the tenant of their unit as [TenantLabel#NAME]: they do where a query is
///     over several tenants, though these units may all belong to one
public record LogsUnits(List<Unit> units, boolean labelled) {
    public LogsUnits {
        units = List.copyOf(units);
    }

    /// Units of one tenant, whose streams are as they are stored.
    public static LogsUnits of(List<Unit> units) {
        return new LogsUnits(units, false);
    }

    /// Those of which some streams may pass all matchers of a selector.
    ///
    /// @param selectors which ones to look at for a unit
    public LogsUnits prune(Function<Unit, List<List<Matcher>>> selectors) {
        return new LogsUnits(
                units.stream()
                        .filter(unit -> mayMatch(unit, selectors.apply(unit)))
                        .toList(),
                labelled);
    }

    /// Those that may hold an entry inside `range`, of a stream of `shard` that passes `matchers`.
    public LogsUnits holding(List<Matcher> matchers, TimeRange range, Shard shard) {
        return prune(
                unit -> unit.range().overlaps(range) && unit.shard().overlaps(shard) ? List.of(matchers) : List.of());
    }

    private boolean mayMatch(Unit unit, List<List<Matcher>> selectors) {
        if (selectors.isEmpty()) {
            return false;
        }
        LogsFacts facts = LogsFacts.decode(unit.facts());
        return selectors.stream()
                .anyMatch(selector -> labelled
                        ? TenantLabel.remove(selector, unit.tenant())
                                .filter(facts::mayMatch)
                                .isPresent()
                        : facts.mayMatch(selector));
    }

    /// Opens one of them; the caller closes it.
    ///
    /// @throws io.lambdascope.fault.Fault as [LogsOpener#open]
    public LogsSource open(Unit unit, LogsOpener opener) {
        LogsSource stored = opener.open(unit);
        return labelled ? new TenantSource(stored, unit.tenant()) : stored;
    }

    /// Stored bytes of all of them.
    public long bytes() {
        return units.stream().mapToLong(Unit::bytes).sum();
    }
}
