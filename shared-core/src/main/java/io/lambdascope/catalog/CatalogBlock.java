package io.lambdascope.catalog;

import io.lambdascope.source.Unit;

/// A block that counts.
///
/// @param committedMillis when it came into the catalog, milliseconds since the Unix epoch
/// @param version of the state that the same commit made; 0 where it was not noted yet
public record CatalogBlock(Unit unit, long committedMillis, long version) {
    public CatalogBlock {
        if (unit.isSegment()) {
            throw new IllegalArgumentException("a segment is no block: " + unit.id());
        }
        if (!(unit.place() instanceof Unit.Place.Prefix)) {
            throw new IllegalArgumentException("a block lies below a prefix, not in " + unit.place());
        }
    }

    /// The same, its unit carrying deletions.
    public CatalogBlock with(Unit marked) {
        return new CatalogBlock(marked, committedMillis, version);
    }

    public String prefix() {
        return ((Unit.Place.Prefix) unit.place()).prefix();
    }

    /// The name of its item inside its partition.
    String sortKey() {
        return CatalogKeys.block(unit.level(), unit.range(), unit.id());
    }
}
