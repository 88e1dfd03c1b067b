package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.SortedSet;
import java.util.TreeSet;

/// The first items of many, by their order.
final class BoundedSet<T extends Comparable<? super T>> {
    /// What one function can hold.
    private static final int MAX_ITEMS = 1_000_000;

    private final int most;
    private final TreeSet<T> items = new TreeSet<>();

    /// @param most how many are wanted
    BoundedSet(int most) {
        this.most = most;
    }

    /// @throws Fault OVER_LIMIT if there are more than can be held
    void add(T item) {
        if (items.add(item) && items.size() > Math.min(most, MAX_ITEMS)) {
            if (most > MAX_ITEMS) {
                throw new Fault(
                        FaultKind.OVER_LIMIT, "there are more than %d: narrow the selector".formatted(MAX_ITEMS));
            }
            items.pollLast();
        }
    }

    SortedSet<T> items() {
        return items;
    }
}
