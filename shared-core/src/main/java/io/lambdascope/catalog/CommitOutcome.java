package io.lambdascope.catalog;

/// What becomes of a commit. Losing a race is an answer, not a fault.
public sealed interface CommitOutcome {
    /// @param state as it stands now; the base of the next commit
    record Committed(CatalogState state) implements CommitOutcome {}

    /// Somebody else has changed the catalog since the base was read: nothing was changed, plan anew.
    record Stale() implements CommitOutcome {}
}
