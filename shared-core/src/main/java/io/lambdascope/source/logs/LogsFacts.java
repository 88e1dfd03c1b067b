package io.lambdascope.source.logs;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.source.StringFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which labels, each with its value, the streams of a unit may have, or the structured metadata of some entries: what
/// is
/// known of them without reading them. Never withholds something that has an answer.
///
/// @param pairs the labels as [#pair] writes them
public record LogsFacts(StringFacts pairs) {
    public static final LogsFacts UNKNOWN = new LogsFacts(StringFacts.UNKNOWN);

    /// @param streams labels of every stream
    /// @param maxBytes what the facts may take
    public static LogsFacts of(Collection<Labels> streams, int maxBytes) {
        Builder facts = new Builder();
        streams.forEach(labels -> labels.forEach(facts::add));
        return facts.build(maxBytes);
    }

    /// Takes labels one by one.
    public static final class Builder {
        private final Set<String> pairs = new HashSet<>();

        public void add(String name, String value) {
            pairs.add(pair(name, value));
        }

        /// @param maxBytes what the facts may take
        public LogsFacts build(int maxBytes) {
            return new LogsFacts(StringFacts.of(pairs, maxBytes));
        }
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

    /// False only if nothing that has these labels can pass all of `matchers`.
    public boolean mayMatch(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (!matcher.matchesEmpty() && !pairs.mayHoldOneOf(matcher, value -> pair(matcher.name(), value))) {
                return false;
            }
        }
        return true;
    }
}
