package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.StringFacts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Which metric names a unit may hold: what is known of it without reading it. Never withholds a unit that has
/// something to say.
public record MetricsFacts(StringFacts names) {
    public static final MetricsFacts UNKNOWN = new MetricsFacts(StringFacts.UNKNOWN);

    /// @param names metric names; one that stands several times counts once
    /// @param maxBytes what the facts may take
    public static MetricsFacts of(Collection<String> names, int maxBytes) {
        return new MetricsFacts(StringFacts.of(names, maxBytes));
    }

    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if `encoded` is none of ours
    public static MetricsFacts decode(byte[] encoded) {
        return new MetricsFacts(StringFacts.decode(encoded));
    }

    /// Not a copy.
    public byte[] encode() {
        return names.encode();
    }

    /// False only if no series of the unit can pass all of `matchers`.
    public boolean mayMatch(List<Matcher> matchers) {
        Optional<List<String>> all = names.all();
        if (all.isPresent()) {
            return all.get().stream().anyMatch(name -> passes(name, matchers));
        }
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME)
                    && !matcher.matchesEmpty()
                    && !names.mayHoldOneOf(matcher, UnaryOperator.identity())) {
                return false;
            }
        }
        return true;
    }

    private static boolean passes(String name, List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME) && !matcher.matches(name)) {
                return false;
            }
        }
        return true;
    }
}
