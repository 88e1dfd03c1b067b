package io.lambdascope.api.prometheus;

import io.lambdascope.api.Routes;
import java.util.Map;

/// What a Prometheus says of its scraping. We are pushed to, and scrape nothing: there are no targets, no pools and no
/// Alertmanagers that were discovered.
public final class ScrapeEndpoints implements PrometheusEndpoints {
    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "targets",
                call -> call.responses()
                        .json("{\"activeTargets\":[],\"droppedTargets\":[],\"droppedTargetCounts\":{}}"),
                Routes.PROMETHEUS + "targets/metadata",
                call -> call.responses().json("[]"),
                Routes.PROMETHEUS + "scrape_pools",
                call -> call.responses().json("{\"scrapePools\":[]}"),
                Routes.PROMETHEUS + "alertmanagers",
                call -> call.responses().json("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}"));
    }
}
