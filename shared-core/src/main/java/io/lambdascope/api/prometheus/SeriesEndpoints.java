package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.query.PrometheusQueries;
import java.util.Map;

/// What there is to query: series, and the names and values of their labels.
public final class SeriesEndpoints implements PrometheusEndpoints {
    private final PrometheusQueries queries;

    public SeriesEndpoints(PrometheusQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "series", this::series,
                Routes.PROMETHEUS + "labels", this::labelNames,
                Routes.PROMETHEUS + "label/{name}/values", this::labelValues);
    }

    private HttpResponse series(PrometheusCall call) {
        return call.responses()
                .series(
                        queries.series(call.requests().series()),
                        call.requests().limit());
    }

    private HttpResponse labelNames(PrometheusCall call) {
        return call.responses()
                .strings(
                        queries.labelNames(call.requests().labels()),
                        call.requests().limit());
    }

    private HttpResponse labelValues(PrometheusCall call) {
        return call.responses()
                .strings(
                        queries.labelValues(
                                call.requests().labelName(), call.requests().labels()),
                        call.requests().limit());
    }
}
