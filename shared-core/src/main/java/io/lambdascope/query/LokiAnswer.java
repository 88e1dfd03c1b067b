package io.lambdascope.query;

import io.lambdascope.result.LogsResult;
import java.util.List;

/// The answer to a LogQL query, what it took, and what its reader should know.
///
/// @param warnings as that stored data could not be read
public record LokiAnswer(LogsResult result, LokiStats stats, List<String> warnings) {
    public LokiAnswer {
        warnings = List.copyOf(warnings);
    }
}
