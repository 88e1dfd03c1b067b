package io.lambdascope.testkit.logql;

import java.util.List;

/// What came of a file of cases.
///
/// @param failures one for each case that failed: its id, what was asked, what was expected and what came
public record CaseOutcome(int cases, List<String> failures) {
    public CaseOutcome {
        failures = List.copyOf(failures);
    }
}
