package io.lambdascope.source;

/// A part of all series (traces, …) by hash: those with `hash mod count = index`, hash taken as unsigned.
public record Shard(int index, int count) {
    /// Everything.
    public static final Shard ALL = new Shard(0, 1);

    public Shard {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("no shard: %d of %d".formatted(index, count));
        }
    }

    public boolean holds(long hash) {
        return count == 1 || Long.remainderUnsigned(hash, count) == index;
    }

    public boolean isAll() {
        return count == 1;
    }

    /// Whether something can be in both: always, unless one count divides the other and the rest rules it out.
    public boolean overlaps(Shard other) {
        int common = gcd(count, other.count);
        return index % common == other.index % common;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
