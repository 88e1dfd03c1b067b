package io.lambdascope.testkit.store;

/// What is done to one call of a store.
public enum Injection {
    /// Nothing.
    NONE,
    /// It is turned away: nothing happens, and the caller gets UNAVAILABLE.
    BEFORE,
    /// It is refused for good: nothing happens, and the caller gets INTERNAL.
    INSTEAD,
    /// It takes effect, but the answer is lost: the caller gets UNAVAILABLE.
    AFTER,
    /// The caller gets UNAVAILABLE at once; the call takes effect two calls later. A read is only turned away.
    LATE,
    /// It is sent twice, as a network does that lost the first answer. A transaction has a name, so it takes effect
    /// once; of everything else the caller gets the second answer.
    TWICE,
    /// The process is killed before the call takes effect.
    KILL_BEFORE,
    /// The process is killed when the call has taken effect, before it knows.
    KILL_AFTER
}
