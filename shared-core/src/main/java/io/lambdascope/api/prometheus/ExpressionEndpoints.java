package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.ql.promql.CheckedQuery;
import io.lambdascope.ql.promql.PromPrinter;
import java.util.Map;

/// What there is to say about a query without asking it.
public final class ExpressionEndpoints implements PrometheusEndpoints {
    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "format_query", ExpressionEndpoints::format,
                Routes.PROMETHEUS + "parse_query", ExpressionEndpoints::parse);
    }

    private static HttpResponse format(PrometheusCall call) {
        CheckedQuery query = call.requests().expression();
        return call.responses()
                .data((out, json) -> out.writeString(JsonAnswer.unicode(PromPrinter.pretty(query.expr()))));
    }

    private static HttpResponse parse(PrometheusCall call) {
        CheckedQuery query = call.requests().expression();
        return call.responses().data((out, json) -> new ExpressionJson(out).expr(query.expr()));
    }
}
