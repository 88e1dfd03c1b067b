package io.lambdascope.catalog;

import io.lambdascope.source.Unit;
import io.lambdascope.time.TimeRange;

/// A unit that does not read. Its rows are in no answer, and answers over its time say so; its bytes are kept for
/// somebody to look at.
///
/// @param unit of any level. Of a segment the place is where a copy of it lies
/// @param reason why it does not read
/// @param sinceMillis when it was set aside, milliseconds since the Unix epoch
public record SetAside(Unit unit, String reason, long sinceMillis) {
    /// The most that there may be of one tenant and signal: so many units do not go bad by chance, and every reader
    /// reads them all.
    public static final int MOST = 50;

    public SetAside {
        if (!(unit.place() instanceof Unit.Place.Prefix)) {
            throw new IllegalArgumentException("what is set aside lies below a prefix, not in " + unit.place());
        }
    }

    /// Below it lie its bytes.
    public String prefix() {
        return ((Unit.Place.Prefix) unit.place()).prefix();
    }

    /// Whether the bytes are kept no longer. A unit that does not say when its rows are has none that are later than
    /// when it was found.
    ///
    /// @param nanos moment before which rows are dropped
    public boolean isBefore(long nanos) {
        return Math.min(unit.range().toNanos(), TimeRange.millisToNanos(sinceMillis)) <= nanos;
    }

    /// The name of its item inside its partition.
    String sortKey() {
        return CatalogKeys.SET_ASIDE + CatalogKeys.momentOfMillis(sinceMillis) + "#" + unit.id();
    }
}
