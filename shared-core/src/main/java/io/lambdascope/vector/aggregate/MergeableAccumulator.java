package io.lambdascope.vector.aggregate;

/// A group whose parts can be worked out apart and merged in any order, with the same result but for the
/// rounding of the last bits.
public interface MergeableAccumulator extends GroupAccumulator {
    /// What the group has come to. Not a copy.
    GroupState state();

    /// Adds what another accumulator of the same aggregation and length has come to.
    void merge(GroupState other);
}
