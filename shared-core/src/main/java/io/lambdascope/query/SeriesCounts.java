package io.lambdascope.query;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many series there are, and how many of them have which labels.
public final class SeriesCounts {
    /// What one function can hold.
    private static final int MAX_PAIRS = 4_000_000;

    private static final class Tally {
        private long series;
    }

    private final Set<String> only;
    private final Map<String, Map<String, Tally>> byLabel = new HashMap<>();
    private long series;
    private long pairs;

    /// @param only labels to count by; empty: all
    public SeriesCounts(Set<String> only) {
        this.only = only;
    }

    /// Counts a series, of which no two have the same labels.
    ///
    /// @throws Fault OVER_LIMIT if there are more pairs of label and value than can be held
    public void add(Labels labels) {
        series++;
        for (int i = 0; i < labels.size(); i++) {
            if (only.isEmpty() || only.contains(labels.name(i))) {
                byLabel.computeIfAbsent(labels.name(i), _ -> new HashMap<>())
                        .computeIfAbsent(labels.value(i), _ -> newPair())
                        .series++;
            }
        }
    }

    private Tally newPair() {
        if (++pairs > MAX_PAIRS) {
            throw new Fault(
                    FaultKind.OVER_LIMIT,
                    "there are more than %d pairs of label and value: narrow the selector".formatted(MAX_PAIRS));
        }
        return new Tally();
    }

    public long series() {
        return series;
    }

    /// Different pairs of label and value.
    public long pairs() {
        return pairs;
    }

    /// Different labels.
    public int labels() {
        return byLabel.size();
    }

    /// Different values of a label.
    public int valuesOf(String label) {
        return values(label).size();
    }

    /// Series that have the label.
    public long seriesWith(String label) {
        return values(label).values().stream().mapToLong(tally -> tally.series).sum();
    }

    /// The values of a label that most series have.
    public List<Count> seriesByValue(String label, int most) {
        Count.Largest largest = new Count.Largest(most);
        values(label).forEach((value, tally) -> largest.add(tally.series, () -> value));
        return largest.list();
    }

    /// The labels with the most values.
    public List<Count> valuesByLabel(int most) {
        Count.Largest largest = new Count.Largest(most);
        byLabel.forEach((label, values) -> largest.add(values.size(), () -> label));
        return largest.list();
    }

    /// The labels whose values, each counted once, take the most bytes.
    public List<Count> bytesByLabel(int most) {
        Count.Largest largest = new Count.Largest(most);
        byLabel.forEach((label, values) -> largest.add(bytes(values.keySet()), () -> label));
        return largest.list();
    }

    private static long bytes(Set<String> values) {
        return values.stream()
                .mapToLong(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /// The pairs, as `label=value`, that most series have.
    public List<Count> seriesByPair(int most) {
        Count.Largest largest = new Count.Largest(most);
        byLabel.forEach((label, values) ->
                values.forEach((value, tally) -> largest.add(tally.series, () -> label + "=" + value)));
        return largest.list();
    }

    private Map<String, Tally> values(String label) {
        return byLabel.getOrDefault(label, Map.of());
    }
}
