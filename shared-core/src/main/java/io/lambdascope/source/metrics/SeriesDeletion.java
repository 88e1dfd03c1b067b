package io.lambdascope.source.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.source.Deletion;
import io.lambdascope.time.TimeRange;
import java.util.List;
import java.util.stream.Collectors;

/// What a deletion means for metrics: samples and exemplars inside `range` of the series that one of `selectors` picks.
/// Its selection is text, one selector per line: `{__name__="up", instance=~"db.*"}`.
///
/// @param selectors a series is picked if it passes all matchers of any of these
public record SeriesDeletion(List<List<Matcher>> selectors, TimeRange range) {
    public SeriesDeletion {
        selectors = List.copyOf(selectors);
    }

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if its selection is none of metrics
    public static SeriesDeletion of(Deletion deletion) {
        return new SeriesDeletion(
                deletion.selection().lines().map(PromParser::parseSelector).toList(), deletion.range());
    }

    /// `selectors` as [Deletion#selection].
    public static String selectionOf(List<List<Matcher>> selectors) {
        return selectors.stream()
                .map(matchers -> matchers.stream().map(Matcher::toString).collect(Collectors.joining(", ", "{", "}")))
                .collect(Collectors.joining("\n"));
    }

    boolean picks(Labels labels) {
        for (List<Matcher> matchers : selectors) {
            if (passes(labels, matchers)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(Labels labels, List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
