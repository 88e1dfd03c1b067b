package io.lambdascope.source.logs;

/// The time beyond which entries are of no use any more: a search for the latest hundred entries knows better with each
/// entry it finds. For one thread.
public final class Horizon {
    private long fromNanos = Long.MIN_VALUE;
    private long toNanos = Long.MAX_VALUE;

    /// Entries before `nanos` are no longer of use.
    public void raiseTo(long nanos) {
        fromNanos = Math.max(fromNanos, nanos);
    }

    /// Entries at or after `nanos` are no longer of use.
    public void lowerTo(long nanos) {
        toNanos = Math.min(toNanos, nanos);
    }

    /// Whether entries from `firstNanos` to `lastNanos`, both inside, may be of use. Others may be withheld.
    public boolean mayUse(long firstNanos, long lastNanos) {
        return lastNanos >= fromNanos && firstNanos < toNanos;
    }
}
