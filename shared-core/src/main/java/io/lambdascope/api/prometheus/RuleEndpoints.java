package io.lambdascope.api.prometheus;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.fault.Fault;
import io.lambdascope.labels.LabelText;
import java.util.Map;
import java.util.Set;

/// Rules and the alerts they raise. There is no way to make rules yet, so there are none.
public final class RuleEndpoints implements PrometheusEndpoints {
    private static final Set<String> TYPES = Set.of("", "alert", "record");

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "rules",
                RuleEndpoints::rules,
                Routes.PROMETHEUS + "alerts",
                call -> call.responses().json("{\"alerts\":[]}"));
    }

    private static HttpResponse rules(PrometheusCall call) {
        String type = call.requests().text("type");
        if (!TYPES.contains(type)) {
            throw Fault.badRequest(
                    "invalid parameter \"type\": not supported value %s, must be alert or record",
                    LabelText.quote(type));
        }
        return call.responses().json("{\"groups\":[]}");
    }
}
