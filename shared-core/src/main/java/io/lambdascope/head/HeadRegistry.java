package io.lambdascope.head;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;

/// Remembers who has a head at all. It is told before the first segment becomes visible, so that no segment lies where
/// neither readers nor compaction look.
@FunctionalInterface
public interface HeadRegistry {
    /// Returns once it is durable that `tenant` has data of `signal`. Called for every append: implementations
    /// remember what they have seen.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if the table cannot be asked
    void ensure(Tenant tenant, Signal signal);
}
