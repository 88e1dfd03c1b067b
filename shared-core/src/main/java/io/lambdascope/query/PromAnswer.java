package io.lambdascope.query;

import io.lambdascope.result.PromResult;
import java.util.List;

/// The answer to a query, and what it took.
///
/// @param warnings what is missing in it; none if it is whole
public record PromAnswer(PromResult result, QueryStats stats, List<String> warnings) {
    public PromAnswer {
        warnings = List.copyOf(warnings);
    }

    /// A whole one.
    public PromAnswer(PromResult result, QueryStats stats) {
        this(result, stats, List.of());
    }
}
