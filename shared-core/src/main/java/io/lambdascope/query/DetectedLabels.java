package io.lambdascope.query;

import io.lambdascope.source.logs.StreamSummary;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The labels of streams that are worth choosing by: those whose values say something. What every value of is a number
/// or an id is not, unless it is known to be of use.
public final class DetectedLabels implements Consumer<StreamSummary> {
    private static final Set<String> ALWAYS = Set.of("cluster", "namespace", "instance", "pod");

    private static final Pattern ID = Pattern.compile(
            "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}");

    private final SeriesCounts counts = new SeriesCounts(Set.of());

    /// @throws io.lambdascope.fault.Fault OVER_LIMIT if there are more labels than can be held
    @Override
    public void accept(StreamSummary stream) {
        counts.add(stream.labels());
    }

    /// Labels and how many values each has, the one with the most first.
    public List<Count> list() {
        return counts.valuesByLabel(counts.labels()).stream()
                .filter(label ->
                        ALWAYS.contains(label.name()) || valuesOf(label).anyMatch(value -> !isId(value)))
                .toList();
    }

    private Stream<String> valuesOf(Count label) {
        return counts.seriesByValue(label.name(), Math.toIntExact(label.count())).stream()
                .map(Count::name);
    }

    private static boolean isId(String value) {
        return ID.matcher(value).matches();
    }
}
