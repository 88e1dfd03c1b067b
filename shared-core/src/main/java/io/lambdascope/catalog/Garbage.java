package io.lambdascope.catalog;

import java.util.List;

/// Blocks that count no longer, but that a query which began before may still read.
///
/// @param sortKey the name of the item that says so, inside its partition
/// @param sinceMillis since when, milliseconds since the Unix epoch
/// @param prefixes what is to be deleted: all objects below
public record Garbage(String sortKey, long sinceMillis, List<String> prefixes) {
    public Garbage {
        prefixes = List.copyOf(prefixes);
    }
}
