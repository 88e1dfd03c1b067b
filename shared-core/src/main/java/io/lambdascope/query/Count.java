package io.lambdascope.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// Something, and how many there are of it.
public record Count(String name, long count) {
    /// Equal counts by name.
    public static final Comparator<Count> LARGEST_FIRST =
            Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name);

    /// Keeps the largest counts, of equal ones the first by name.
    static final class Largest {
        private final int most;
        private final PriorityQueue<Count> kept = new PriorityQueue<>(LARGEST_FIRST.reversed());

        Largest(int most) {
            this.most = most;
        }

        /// @param name asked for only if the count may be among the largest
        void add(long count, Supplier<String> name) {
            if (most == 0 || kept.size() == most && count < kept.element().count) {
                return;
            }
            kept.add(new Count(name.get(), count));
            if (kept.size() > most) {
                kept.remove();
            }
        }

        /// Largest first.
        List<Count> list() {
            List<Count> list = new ArrayList<>(kept);
            list.sort(LARGEST_FIRST);
            return list;
        }
    }
}
