package io.lambdascope.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.time.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// What kind of server this is, in the shapes that Prometheus gives it. Where Prometheus speaks of what a function has
/// not (a configuration file, a log to replay), the shape is kept and empty.
public final class StatusEndpoints implements PrometheusEndpoints {
    /// The language and API version that we speak.
    private static final String PROMETHEUS_VERSION = "3.14.0";

    /// No `features` here: Grafana would take us for Mimir and ask for its rules.
    private static final String BUILD_INFO = """
            {"version":"%s","revision":"","branch":"","buildUser":"lambdascope","buildDate":"","goVersion":""}""".formatted(PROMETHEUS_VERSION);

    private static final String STATUS = Routes.PROMETHEUS + "status/";

    private final InstantSource clock;
    private final Instant started;
    private final long lookbackMillis;
    private final Duration longest;

    /// @param lookbackMillis how old a sample may be to count, unless a query says otherwise
    /// @param longest how much time there is for an answer
    public StatusEndpoints(InstantSource clock, long lookbackMillis, Duration longest) {
        this.clock = clock;
        this.started = clock.instant();
        this.lookbackMillis = lookbackMillis;
        this.longest = longest;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                STATUS + "buildinfo",
                call -> call.responses().json(BUILD_INFO),
                STATUS + "config",
                call -> call.responses().json("{\"yaml\":\"\"}"),
                STATUS + "flags",
                this::flags,
                STATUS + "runtimeinfo",
                this::runtimeInfo,
                STATUS + "walreplay",
                call -> call.responses().json("{\"min\":0,\"max\":0,\"current\":0}"),
                Routes.PROMETHEUS + "features",
                StatusEndpoints::features);
    }

    private HttpResponse flags(PrometheusCall call) {
        Map<String, String> flags = new TreeMap<>();
        flags.put("enable-feature", "exemplar-storage,promql-experimental-functions,promql-per-step-stats");
        flags.put("query.lookback-delta", DurationText.print(lookbackMillis));
        flags.put("query.timeout", DurationText.print(longest.toMillis()));
        flags.put("web.enable-remote-write-receiver", "true");
        return call.responses().data((out, json) -> {
            out.writeStartObject();
            for (Map.Entry<String, String> flag : flags.entrySet()) {
                out.writeStringField(flag.getKey(), flag.getValue());
            }
            out.writeEndObject();
        });
    }

    private HttpResponse runtimeInfo(PrometheusCall call) {
        Runtime runtime = Runtime.getRuntime();
        return call.responses().data((out, json) -> {
            out.writeStartObject();
            out.writeStringField("startTime", started.toString());
            out.writeStringField("CWD", "");
            out.writeStringField("hostname", "");
            out.writeStringField("serverTime", clock.instant().toString());
            out.writeBooleanField("reloadConfigSuccess", true);
            out.writeStringField("lastConfigTime", started.toString());
            out.writeNumberField("corruptionCount", 0);
            out.writeNumberField("goroutineCount", Thread.activeCount());
            out.writeNumberField("GOMAXPROCS", runtime.availableProcessors());
            out.writeNumberField("GOMEMLIMIT", runtime.maxMemory());
            out.writeStringField("GOGC", "");
            out.writeStringField("GODEBUG", "");
            out.writeStringField("storageRetention", "");
            out.writeEndObject();
        });
    }

    private static HttpResponse features(PrometheusCall call) {
        return call.responses().data((out, json) -> {
            out.writeStartObject();
            for (Map.Entry<String, ? extends Map<String, Boolean>> category :
                    Features.all().entrySet()) {
                out.writeObjectFieldStart(category.getKey());
                booleans(out, category.getValue());
                out.writeEndObject();
            }
            out.writeEndObject();
        });
    }

    private static void booleans(JsonGenerator out, Map<String, Boolean> fields) throws IOException {
        for (Map.Entry<String, Boolean> field : fields.entrySet()) {
            out.writeBooleanField(field.getKey(), field.getValue());
        }
    }
}
