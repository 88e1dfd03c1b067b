package io.lambdascope.functions.query;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/// A question that takes most of what questions of dashboards take, over the series of
/// [io.lambdascope.compact.metrics.MetricsRehearsal].
final class Rehearsal {
    private static final String QUERY =
            "sum%20by%20(job)%20(rate(rehearsal%7Bjob%3D~%22.%2B%22%7D%5B30s%5D))%20%3E%200";

    private Rehearsal() {}

    static HttpRequest question(InstantSource clock) {
        long now = clock.instant().getEpochSecond();
        return new HttpRequest(
                "GET",
                "/prometheus/api/v1/query_range",
                "query=%s&start=%d&end=%d&step=5".formatted(QUERY, now - 30, now),
                Map.of(),
                new byte[0]);
    }

    /// @throws IllegalStateException if there are not two series in it
    static void check(HttpResponse answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() != 200 || !text.contains("\"job\":\"1\"") || !text.contains("\"job\":\"2\"")) {
            throw new IllegalStateException(
                    "the rehearsal of a query was answered %d: %s".formatted(answer.status(), text));
        }
    }
}
