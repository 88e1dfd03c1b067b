package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.catalog.Deletions;
import io.lambdascope.model.Signal;
import io.lambdascope.source.metrics.SeriesDeletion;
import java.util.Map;

/// Prometheus' endpoints for the deletion of series. They answer 204 with no body.
public final class AdminEndpoints implements PrometheusEndpoints {
    private static final HttpResponse DONE = HttpResponse.empty(204);

    private final Deletions deletions;

    public AdminEndpoints(Deletions deletions) {
        this.deletions = deletions;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "admin/tsdb/delete_series", this::deleteSeries,
                Routes.PROMETHEUS + "admin/tsdb/clean_tombstones", this::cleanTombstones);
    }

    private HttpResponse deleteSeries(PrometheusCall call) {
        SeriesDeletion deletion = call.requests().deletion();
        deletions.delete(
                call.access().tenantOf(call.http()),
                Signal.METRICS,
                SeriesDeletion.selectionOf(deletion.selectors()),
                deletion.range());
        return DONE;
    }

    /// Where Prometheus rewrites blocks before it answers, compaction is asked to do it soon.
    private HttpResponse cleanTombstones(PrometheusCall call) {
        deletions.applySoon(call.access().tenantOf(call.http()), Signal.METRICS);
        return DONE;
    }
}
