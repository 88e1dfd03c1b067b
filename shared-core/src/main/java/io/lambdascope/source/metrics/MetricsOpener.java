package io.lambdascope.source.metrics;

import io.lambdascope.source.Unit;

/// Makes a source of a unit, whatever kind of unit it is.
@FunctionalInterface
public interface MetricsOpener {
    /// Opens `unit` less what its deletions cover; the caller closes the source.
    ///
    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if the unit is not what it says, NOT_FOUND if its
    ///     bytes are gone, UNAVAILABLE
    MetricsSource open(Unit unit);
}
