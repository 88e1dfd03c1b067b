package io.lambdascope.query;

import io.lambdascope.labels.Matcher;
import io.lambdascope.limits.Tenant;
import io.lambdascope.time.TimeRange;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Asks how many series there are.
///
/// @param tenants whose series, at least one
/// @param selector a series counts if it passes all matchers; none: every series counts
/// @param range a series counts if it has a sample inside, as far as the labels' tables tell
/// @param labels to count by; none: all
/// @param deadline when the answer must be there
public record CardinalityRequest(
        List<Tenant> tenants, List<Matcher> selector, TimeRange range, Set<String> labels, Instant deadline) {
    public CardinalityRequest {
        tenants = List.copyOf(tenants);
        selector = List.copyOf(selector);
        labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
    }
}
