package io.lambdascope.catalog;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;

/// Where a tenant's data of one signal stands. Every change of its catalog replaces the state that was read
/// before and fails if another has come between: whoever reads the same version before and after has read a
/// snapshot.
///
/// @param version counts the changes, from 1
/// @param headHour hour of arrival, counted from the epoch, from which on the head may hold segments; all
///     before are empty and stay so
/// @param quietUntilMillis as long as the head is empty, compaction has nothing to do before this moment
/// @param sweptMillis when orphaned objects were last looked for
/// @param busyUntilMillis until then somebody is likely to be merging; to begin at the same would be wasted work
/// @param setback merges that did not fit into the time there was
/// @param usage what has been stored
/// @param cleanVersion deletions of commits up to this version are to be applied at once
public record CatalogState(
        Tenant tenant,
        Signal signal,
        long version,
        long headHour,
        long quietUntilMillis,
        long sweptMillis,
        long busyUntilMillis,
        Setback setback,
        Usage usage,
        long cleanVersion) {
    public CatalogState {
        if (version < 1) {
            throw new IllegalArgumentException("a catalog's version is at least 1, not " + version);
        }
    }

    /// The first state of a head.
    public static CatalogState first(Tenant tenant, Signal signal, long headHour, long nowMillis) {
        return new CatalogState(tenant, signal, 1, headHour, 0, nowMillis, 0, Setback.NONE, Usage.NONE, 0);
    }
}
