package io.lambdascope.exec.logs.pipeline;

import io.lambdascope.ql.logql.LogExpr.Grouping;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which labels of a line its sample keeps.
public sealed interface Reduction {
    Reduction NOTHING_LEFT_OUT = new Without(Set.of());

    /// These only.
    record By(Set<String> names) implements Reduction {
        public By {
            names = Set.copyOf(names);
        }
    }

    /// All but these.
    record Without(Set<String> names) implements Reduction {
        public Without {
            names = Set.copyOf(names);
        }
    }

    /// @param grouping null for none: everything stays
    static Reduction of(@Nullable Grouping grouping) {
        if (grouping == null) {
            return NOTHING_LEFT_OUT;
        }
        Set<String> names = new TreeSet<>(grouping.labels());
        return grouping.without() ? new Without(names) : new By(names);
    }

    /// `by (names)`.
    static Reduction by(List<String> names) {
        return new By(new TreeSet<>(names));
    }
}
