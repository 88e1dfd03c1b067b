package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.labels.LabelText;
import io.lambdascope.query.PromQueryRequest;
import io.lambdascope.query.PrometheusQueries;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prometheus' query API: what a Prometheus data source of Grafana asks.
public final class PrometheusApi implements FrontDoor.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusApi.class);

    /// The language and API version that we speak.
    private static final String PROMETHEUS_VERSION = "3.14.0";

    private final PrometheusQueries queries;
    private final InstantSource clock;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    public PrometheusApi(PrometheusQueries queries, InstantSource clock, Duration longest) {
        this.queries = queries;
        this.clock = clock;
        this.longest = longest;
    }

    /// Answers a request that [io.lambdascope.api.Routes] has found a route for, errors included.
    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        PrometheusResponses responses = new PrometheusResponses(request);
        try {
            access.check(found.route().right());
            return answer(request, found, access, responses);
        } catch (Fault fault) {
            if (fault.kind() == FaultKind.INTERNAL || fault.kind() == FaultKind.CORRUPT_DATA) {
                LOG.warn("query failed: {}", fault.text(), fault);
            }
            return responses.error(fault);
        } catch (RuntimeException e) {
            LOG.error("query failed", e);
            return responses.error(new Fault(
                    FaultKind.INTERNAL, "internal error: " + e.getClass().getSimpleName(), e));
        }
    }

    private HttpResponse answer(HttpRequest request, Match.Found found, Access access, PrometheusResponses responses) {
        PrometheusRequests requests =
                new PrometheusRequests(request.parameters(), access.tenantsOf(request), clock.instant(), longest);
        String path = found.route().path();
        int limit = requests.limit();
        return switch (path.substring(path.indexOf("/api/v1/") + "/api/v1/".length())) {
            case "query" -> query(requests.instant(), limit, responses);
            case "query_range" -> query(requests.range(), limit, responses);
            case "series" -> responses.series(queries.series(requests.series()), limit);
            case "labels" -> responses.strings(queries.labelNames(requests.labels()), limit);
            case "label/{name}/values" ->
                responses.strings(queries.labelValues(labelName(found), requests.labels()), limit);
            case "status/buildinfo" -> responses.buildInfo(buildInfo());
            default -> throw new Fault(FaultKind.NOT_FOUND, "nothing is served at " + request.path());
        };
    }

    private HttpResponse query(PromQueryRequest request, int limit, PrometheusResponses responses) {
        try {
            return responses.result(queries.answer(request), request.text(), limit);
        } catch (Fault fault) {
            if (fault.kind() == FaultKind.BAD_QUERY) {
                throw new Fault(FaultKind.BAD_QUERY, "invalid parameter \"query\": " + fault.text(), fault);
            }
            throw fault;
        }
    }

    private static String labelName(Match.Found found) {
        String encoded = found.variables().getOrDefault("name", "");
        try {
            String name =
                    EscapedLabelName.unescape(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
            if (!LabelText.isLabelName(name)) {
                throw Fault.badRequest("invalid label name: %s", LabelText.quote(name));
            }
            return name;
        } catch (IllegalArgumentException _) {
            throw Fault.badRequest("the label name is not well-formed percent-encoding: %s", encoded);
        }
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
