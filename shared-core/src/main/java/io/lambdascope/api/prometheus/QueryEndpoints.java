package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.query.PromQueryRequest;
import io.lambdascope.query.PrometheusQueries;
import java.util.Arrays;
import java.util.Map;

/// Queries: at one moment and over a range of steps.
public final class QueryEndpoints implements PrometheusEndpoints {
    private final PrometheusQueries queries;

    public QueryEndpoints(PrometheusQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "query", call -> answer(call.requests().instant(), call),
                Routes.PROMETHEUS + "query_range", call -> answer(range(call), call));
    }

    private static PromQueryRequest range(PrometheusCall call) {
        PromQueryRequest request = call.requests().range();
        String control = call.http().header("cache-control");
        boolean noStore = control != null
                && Arrays.stream(control.split(",", -1)).map(String::strip).anyMatch("no-store"::equalsIgnoreCase);
        return noStore ? request.withNoStore() : request;
    }

    private HttpResponse answer(PromQueryRequest request, PrometheusCall call) {
        int limit = call.requests().limit();
        try {
            return call.responses()
                    .result(
                            queries.answer(request),
                            request.text(),
                            limit,
                            call.requests().stats());
        } catch (Fault fault) {
            if (fault.kind() == FaultKind.BAD_QUERY) {
                throw new Fault(FaultKind.BAD_QUERY, "invalid parameter \"query\": " + fault.text(), fault);
            }
            throw fault;
        }
    }
}
