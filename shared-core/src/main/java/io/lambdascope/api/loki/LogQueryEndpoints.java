package io.lambdascope.api.loki;

import io.lambdascope.api.Routes;
import io.lambdascope.query.LokiQueries;
import java.util.Map;

/// LogQL: at one moment and over a range of time.
public final class LogQueryEndpoints implements LokiEndpoints {
    private final LokiQueries queries;

    public LogQueryEndpoints(LokiQueries queries) {
        this.queries = queries;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.LOKI + "query",
                call -> call.responses().result(queries.answer(call.requests().instant())),
                Routes.LOKI + "query_range",
                call -> call.responses().result(queries.answer(call.requests().range())));
    }
}
