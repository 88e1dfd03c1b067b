package io.lambdascope.api.prometheus;

import io.lambdascope.api.Routes;
import java.util.LinkedHashMap;
import java.util.Map;

/// What kind of server this is.
public final class StatusEndpoints implements PrometheusEndpoints {
    /// The language and API version that we speak.
    private static final String PROMETHEUS_VERSION = "3.14.0";

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.PROMETHEUS + "status/buildinfo", call -> call.responses().buildInfo(buildInfo()));
    }

    private static Map<String, String> buildInfo() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", PROMETHEUS_VERSION);
        facts.put("revision", "");
        facts.put("branch", "");
        facts.put("buildUser", "lambdascope");
        facts.put("buildDate", "");
        facts.put("goVersion", "");
        return facts;
    }
}
