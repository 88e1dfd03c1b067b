package io.lambdascope.conformance;

import io.lambdascope.labels.Labels;
import io.lambdascope.labels.Matcher;
import io.lambdascope.model.metrics.SeriesSamples;
import io.lambdascope.ql.promql.PromExpr;
import io.lambdascope.ql.promql.PromWalk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes data for a query: for each of its selectors a series that passes, for each selector of buckets a histogram.
/// All share the labels that dashboards join by, so that joins find something.
final class MatchingSeries {
    /// Where the samples begin and end, and how far apart they are.
    static final long START_MILLIS = 1_700_000_000_000L;

    static final long END_MILLIS = START_MILLIS + 2 * 3_600_000L;
    private static final long STEP_MILLIS = 30_000;

    private static final List<String> JOINED_BY = List.of("cluster", "namespace", "job", "instance", "pod");
    private static final List<String> OTHER_VALUES = List.of("x", "y", "1", "200", "/x");
    private static final List<String> BOUNDS = List.of("0.1", "1", "+Inf");

    private MatchingSeries() {}

    static SortedMap<Labels, SeriesSamples> of(PromExpr query) {
        SortedMap<Labels, SeriesSamples> data = new TreeMap<>();
        PromWalk.forEach(query, node -> {
            if (node instanceof PromExpr.VectorSelector selector) {
                add(data, selector.matchers());
            }
        });
        return data;
    }

    private static void add(SortedMap<Labels, SeriesSamples> data, List<Matcher> matchers) {
        Map<String, String> values = new LinkedHashMap<>();
        JOINED_BY.forEach(name -> values.put(name, "x"));
        for (Matcher matcher : matchers) {
            values.put(matcher.name(), valueFor(matcher.name(), matchers));
        }
        Labels.Builder labels = new Labels.Builder();
        values.forEach(labels::set);
        Labels series = labels.build();
        if (!matchers.stream().allMatch(matcher -> matcher.matches(series))) {
            return;
        }
        if (series.metricName().endsWith("_bucket") && !values.containsKey("le")) {
            for (int i = 0; i < BOUNDS.size(); i++) {
                data.put(series.with("le", BOUNDS.get(i)), counting(i + 1));
            }
        } else {
            data.put(series, counting(1));
        }
    }

    private static SeriesSamples counting(double perStep) {
        SeriesSamples samples = new SeriesSamples();
        int n = 1;
        for (long at = START_MILLIS; at <= END_MILLIS; at += STEP_MILLIS) {
            samples.add(at, perStep * n++);
        }
        return samples;
    }

    /// A value that passes all conditions on the label, or an empty one if none is found.
    private static String valueFor(String name, List<Matcher> matchers) {
        List<Matcher> own =
                matchers.stream().filter(matcher -> matcher.name().equals(name)).toList();
        for (Matcher matcher : own) {
            String candidate = switch (matcher.op()) {
                case EQUAL -> matcher.value();
                case REGEX -> RegexExample.of(matcher.value());
                case NOT_EQUAL, NOT_REGEX -> "";
            };
            if (!candidate.isEmpty() && own.stream().allMatch(other -> other.matches(candidate))) {
                return candidate;
            }
        }
        for (String candidate : OTHER_VALUES) {
            if (own.stream().allMatch(other -> other.matches(candidate))) {
                return candidate;
            }
        }
        return "";
    }
}
