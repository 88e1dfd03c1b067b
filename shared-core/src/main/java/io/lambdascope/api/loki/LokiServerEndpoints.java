package io.lambdascope.api.loki;

import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.JsonAnswer;
import io.lambdascope.api.Routes;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.LogQueryLimits;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.ql.SyntaxException;
import io.lambdascope.ql.logql.LogChecker;
import io.lambdascope.ql.logql.LogExpr;
import io.lambdascope.ql.logql.LogParser;
import io.lambdascope.ql.logql.LogPrinter;
import io.lambdascope.time.DurationText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// What there is to say without looking at logs: of a query's text, of limits, of rules, of which there are none yet.
public final class LokiServerEndpoints implements LokiEndpoints {
    /// The language and API version that we speak.
    private static final String LOKI_VERSION = "3.8.0";

    private static final HttpResponse NO_RULES =
            new HttpResponse(200, Map.of("content-type", "application/yaml"), "{}\n".getBytes(StandardCharsets.UTF_8));

    private final TenantLimitsSource limits;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    public LokiServerEndpoints(TenantLimitsSource limits, Duration longest) {
        this.limits = limits;
        this.longest = longest;
    }

    @Override
    public Map<String, Endpoint> byPath() {
        return Map.of(
                Routes.LOKI + "format_query",
                LokiServerEndpoints::format,
                Routes.LOKI + "drilldown-limits",
                this::limits,
                Routes.LOKI + "status/buildinfo",
                LokiServerEndpoints::buildInfo,
                Routes.LOKI + "rules",
                _ -> NO_RULES,
                Routes.LOKI_RULES,
                _ -> NO_RULES,
                Routes.LOKI + "tail",
                LokiServerEndpoints::tail);
    }

    private static HttpResponse format(LokiCall call) {
        String query = call.requests().query();
        try {
            LogExpr expr = LogParser.parse(query);
            LogChecker.checkForm(expr, query);
            return call.responses().data(out -> out.writeString(JsonAnswer.unicode(LogPrinter.pretty(expr))));
        } catch (SyntaxException e) {
            return call.responses().bare(400, out -> {
                out.writeStringField("status", "invalid-query");
                out.writeStringField("error", JsonAnswer.unicode(e.text()));
            });
        }
    }

    /// What Logs Drilldown wants to know before it asks.
    private HttpResponse limits(LokiCall call) {
        TenantLimits own = limits.of(call.requests().tenants().getFirst());
        return call.responses().bare(out -> {
            out.writeObjectFieldStart("limits");
            out.writeBooleanField("discover_log_levels", true);
            out.writeNumberField("max_entries_limit_per_query", own.get(LogQueryLimits.MAX_ENTRIES_LIMIT_PER_QUERY));
            out.writeStringField("max_query_length", text(own.get(LogQueryLimits.MAX_QUERY_LENGTH)));
            out.writeStringField("max_query_lookback", text(own.get(LogQueryLimits.MAX_QUERY_LOOKBACK)));
            out.writeNumberField("max_query_series", own.get(LogQueryLimits.MAX_QUERY_SERIES));
            out.writeStringField("query_timeout", text(longest));
            out.writeBooleanField("volume_enabled", true);
            out.writeEndObject();
            out.writeBooleanField("pattern_ingester_enabled", true);
            out.writeStringField("version", LOKI_VERSION);
        });
    }

    private static String text(Duration duration) {
        return DurationText.print(duration.toMillis());
    }

    private static HttpResponse buildInfo(LokiCall call) {
        return call.responses().bare(out -> {
            out.writeStringField("version", LOKI_VERSION);
            for (String unknown : new String[] {"revision", "branch"}) {
                out.writeStringField(unknown, "");
            }
            out.writeStringField("buildUser", "lambdascope");
            out.writeStringField("buildDate", "");
            out.writeStringField("goVersion", "");
        });
    }

    private static HttpResponse tail(LokiCall call) {
        throw Fault.unsupported("tail needs a WebSocket, which this gateway does not carry: ask"
                + " /loki/api/v1/query_range again and again, each time from the last line on, as Grafana does with"
                + " auto-refresh");
    }
}
