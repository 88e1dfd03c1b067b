package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.StringFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which stream labels a unit may hold, each with its value: what is known of it without reading it. Never withholds a
/// unit that has something to say.
///
/// @param pairs the labels as [#pair] writes them
public record LogsFacts(StringFacts pairs) {
    public static final LogsFacts UNKNOWN = new LogsFacts(StringFacts.UNKNOWN);

    /// @param streams labels of every stream
    /// @param maxBytes what the facts may take
    public static LogsFacts of(Collection<Labels> streams, int maxBytes) {
        Set<String> pairs = new HashSet<>();
        streams.forEach(labels -> labels.forEach((name, value) -> pairs.add(pair(name, value))));
        return new LogsFacts(StringFacts.of(pairs, maxBytes));
    }

    /// @throws io.lambdascope.fault.Fault CORRUPT_DATA if `encoded` is none of ours
    public static LogsFacts decode(byte[] encoded) {
        return new LogsFacts(StringFacts.decode(encoded));
    }

    private static String pair(String name, String value) {
        return name + "=" + value;
    }

    /// Not a copy.
    public byte[] encode() {
        return pairs.encode();
    }

    /// False only if no stream of the unit can pass all of `matchers`.
    public boolean mayMatch(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (!matcher.matchesEmpty() && !pairs.mayHoldOneOf(matcher, value -> pair(matcher.name(), value))) {
                return false;
            }
        }
        return true;
    }
}
