package io.lambdascope.api.prometheus;

import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import io.lambdascope.labels.Matcher;
import io.lambdascope.ql.promql.PromParser;
import io.lambdascope.query.CardinalityRequest;
import io.lambdascope.query.SeriesRequest;
import io.lambdascope.time.TimeRange;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the parameters of Mimir's cardinality API and of Prometheus' page of its head. `count_method` says which
/// series
/// count: `inmemory` those with a sample in the last two hours, as long as Mimir and Prometheus hold them in memory at
/// least, `active` those with one in the last 20 minutes.
final class CardinalityRequests {
    private static final Duration IN_MEMORY = Duration.ofHours(2);
    private static final Duration ACTIVE = Duration.ofMinutes(20);
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_LABELS = 100;
    private static final int DEFAULT_HEAD_LIMIT = 10;
    private static final int MAX_HEAD_LIMIT = 10_000;

    private final PrometheusRequests requests;

    CardinalityRequests(PrometheusRequests requests) {
        this.requests = requests;
    }

    /// `selector`, `count_method`.
    CardinalityRequest labelNames() {
        return request(selector(), age(), Set.of());
    }

    /// `label_names[]` at least once, `selector`, `count_method`.
    CardinalityRequest labelValues() {
        Set<String> labels = new LinkedHashSet<>(requests.all("label_names[]"));
        if (labels.isEmpty()) {
            throw Fault.badRequest("'label_names[]' param is required");
        }
        if (labels.size() > MAX_LABELS) {
            throw Fault.badRequest("%d 'label_names[]' params, at most %d are allowed", labels.size(), MAX_LABELS);
        }
        for (String label : labels) {
            if (!LabelText.isLabelName(label)) {
                throw Fault.badRequest("invalid 'label_names' param %s", LabelText.quote(label));
            }
        }
        return request(selector(), age(), labels);
    }

    /// How many items to list: `limit`.
    int limit() {
        long limit = requests.number("limit").orElse(DEFAULT_LIMIT);
        if (limit < 0 || limit > MAX_LIMIT) {
            throw Fault.badRequest("'limit' param must be from 0 to %d, not %d", MAX_LIMIT, limit);
        }
        return (int) limit;
    }

    /// `selector`, which must be given, `limit`.
    SeriesRequest activeSeries() {
        List<Matcher> selector = selector();
        if (selector.isEmpty()) {
            throw Fault.badRequest("'selector' param is required");
        }
        int limit = requests.limit();
        return new SeriesRequest(
                requests.tenants(),
                List.of(selector),
                within(ACTIVE),
                limit == 0 ? Integer.MAX_VALUE : limit,
                requests.deadline());
    }

    /// The series of the head.
    CardinalityRequest head() {
        return request(List.of(), IN_MEMORY, Set.of());
    }

    /// How many items to list of the head: `limit`.
    int headLimit() {
        long limit = requests.number("limit").orElse(DEFAULT_HEAD_LIMIT);
        if (limit < 1) {
            throw Fault.badRequest("limit must be a positive number");
        }
        if (limit > MAX_HEAD_LIMIT) {
            throw Fault.badRequest("limit must not exceed %d", MAX_HEAD_LIMIT);
        }
        return (int) limit;
    }

    private CardinalityRequest request(List<Matcher> selector, Duration age, Set<String> labels) {
        return new CardinalityRequest(requests.tenants(), selector, within(age), labels, requests.deadline());
    }

    /// Samples may be ahead of our clock.
    private TimeRange within(Duration age) {
        return TimeRange.ofMillisInclusive(
                requests.now().minus(age).toEpochMilli(),
                requests.now().plus(age).toEpochMilli());
    }

    private Duration age() {
        String method = requests.text("count_method");
        return switch (method) {
            case "", "inmemory" -> IN_MEMORY;
            case "active" -> ACTIVE;
            default ->
                throw Fault.badRequest(
                        "invalid 'count_method' param %s, must be inmemory or active", LabelText.quote(method));
        };
    }

    private List<Matcher> selector() {
        String text = requests.text("selector").strip();
        if (text.isEmpty() || text.equals("{}")) {
            return List.of();
        }
        try {
            return PromParser.parseSelector(text);
        } catch (Fault fault) {
            throw Fault.badRequest("invalid 'selector' param: %s", fault.text());
        }
    }
}
