package io.lambdascope.vector.match;

import io.lambdascope.labels.Labels;
import io.lambdascope.vector.Grouping;
import io.lambdascope.vector.ReservedLabels;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the elements of two vectors find each other.
///
/// @param on whether `names` are what must agree; else everything but them (and the metric name)
/// @param include labels that a grouped match copies from its "one" side
/// @param fillLeft value for an element that the left side does not have
public record MatchRule(
        Cardinality cardinality,
        boolean on,
        Set<String> names,
        List<String> include,
        Optional<Double> fillLeft,
        Optional<Double> fillRight) {
    /// Which side may hold several elements of one match.
    public enum Cardinality {
        ONE_TO_ONE,
        MANY_TO_ONE,
        ONE_TO_MANY
    }

    public MatchRule {
        names = Set.copyOf(names);
        include = List.copyOf(include);
    }

    public static MatchRule of(
            Cardinality cardinality,
            boolean on,
            List<String> names,
            List<String> include,
            Optional<Double> fillLeft,
            Optional<Double> fillRight) {
        return new MatchRule(cardinality, on, new HashSet<>(names), include, fillLeft, fillRight);
    }

    /// What must agree for two elements to match.
    public Grouping signature() {
        return new Grouping(on, names);
    }

    /// The labels of a result.
    ///
    /// @param many the labels of the side that may hold several elements
    Labels result(Labels many, Labels one, boolean dropName) {
        Labels labels = dropName ? ReservedLabels.drop(many) : many;
        if (cardinality == Cardinality.ONE_TO_ONE) {
            labels = labels.filter(name -> names.contains(name) == on);
        }
        for (String name : include) {
            labels = labels.with(name, one.get(name));
        }
        return labels;
    }
}
