package io.lambdascope.vector;

import io.lambdascope.labels.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which labels make a group, or a match. The metric name never does unless it is asked for.
///
/// @param keep whether `names` are what is kept; else they are what is left out
public record Grouping(boolean keep, Set<String> names) {
    public Grouping {
        names = Set.copyOf(names);
    }

    /// `by (names)`, or the `on (names)` of a match.
    public static Grouping by(List<String> names) {
        return new Grouping(true, new HashSet<>(names));
    }

    /// `without (names)`, or the `ignoring (names)` of a match: the name never counts.
    public static Grouping without(List<String> names) {
        return new Grouping(false, new HashSet<>(names));
    }

    /// The labels that the group is known by.
    public Labels of(Labels labels) {
        if (keep) {
            return names.isEmpty() ? Labels.EMPTY : labels.filter(names::contains);
        }
        return labels.filter(name -> !names.contains(name) && !name.equals(Labels.NAME));
    }

    /// Numbers given to groups in the order they are met.
    public static final class Numbers {
        private final Grouping grouping;
        private final Map<Labels, Integer> numbers = new HashMap<>();

        public Numbers(Grouping grouping) {
            this.grouping = grouping;
        }

        /// The number of the group that `labels` belong to.
        public int of(Labels labels) {
            Labels key = grouping.of(labels);
            Integer known = numbers.get(key);
            if (known != null) {
                return known;
            }
            int number = numbers.size();
            numbers.put(key, number);
            return number;
        }

        public int size() {
            return numbers.size();
        }
    }
}
