package io.lambdascope.testkit.promql;

import io.lambdascope.ql.promql.PromExpr;
import java.util.List;

/// The words that random queries are made of.
///
/// @param labels in the order of their choice
/// @param idioms instant vectors that are used as they are, for what chance alone does not put together
/// @param fromMillis fixed moments are not before this …
/// @param untilMillis … and before this
/// @param longestMillis of a range, offset or step
public record PromVocabulary(
        List<String> metrics,
        List<Label> labels,
        List<String> regexes,
        List<PromExpr> idioms,
        long fromMillis,
        long untilMillis,
        long longestMillis) {
    /// @param values what matchers compare with and what functions are given as text
    public record Label(String name, List<String> values) {}

    private static final List<String> ANY_VALUES = List.of("", "x", "a b", "\"", "\\", "\n", "é😀", "a.b", "\u0001");

    /// For queries that are only read: names like keywords, texts that need escapes.
    public static final PromVocabulary SYNTAX = new PromVocabulary(
            List.of(
                    "up",
                    "http_requests_total",
                    "a:b",
                    ":x",
                    "sum",
                    "by",
                    "offset",
                    "start",
                    "fill",
                    "and",
                    "smoothed"),
            labels("job", "instance", "le", "on", "group_left", "utf8.name", "a\"b"),
            List.of(".+", "a|b", "x.*", "[a-c]+", "", "(?i)x"),
            List.of(),
            -2_000_000_000_000L,
            2_000_000_000_000L,
            100_000_000_000L);

    private static List<Label> labels(String... names) {
        return List.of(names).stream().map(name -> new Label(name, ANY_VALUES)).toList();
    }

    List<String> labelNames() {
        return labels.stream().map(Label::name).toList();
    }
}
