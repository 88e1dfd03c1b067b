package io.lambdascope.source.logs;

import io.lambdascope.source.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which units may hold the same entries: those of one tenant that overlap in time and in shard.
public final class Overlaps {
    private Overlaps() {}

    /// Puts `units` into groups such that no entry can lie in two of them. Units that compaction has made are mostly
    /// alone, and can be read without comparing their entries with others'.
    public static List<List<Unit>> groups(List<Unit> units) {
        List<Unit> byStart = new ArrayList<>(units);
        byStart.sort(Comparator.comparingLong((Unit unit) -> unit.range().fromNanos())
                .thenComparing(Unit::id));
        List<List<Unit>> open = new ArrayList<>();
        List<List<Unit>> closed = new ArrayList<>();
        for (Unit unit : byStart) {
            List<Unit> group = new ArrayList<>(List.of(unit));
            List<List<Unit>> others = new ArrayList<>();
            for (List<Unit> other : open) {
                if (end(other) <= unit.range().fromNanos()) {
                    closed.add(other);
                } else if (other.stream().anyMatch(one -> overlap(one, unit))) {
                    group.addAll(other);
                } else {
                    others.add(other);
                }
            }
            others.add(group);
            open = others;
        }
        closed.addAll(open);
        return closed;
    }

    private static long end(List<Unit> group) {
        return group.stream().mapToLong(unit -> unit.range().toNanos()).max().orElse(Long.MIN_VALUE);
    }

    private static boolean overlap(Unit a, Unit b) {
        return a.range().overlaps(b.range())
                && a.shard().overlaps(b.shard())
                && a.tenant().equals(b.tenant());
    }
}
