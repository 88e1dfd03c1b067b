package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.FrontDoor;
import io.lambdascope.api.HttpRequest;
import io.lambdascope.api.HttpResponse;
import io.lambdascope.api.Routes;
import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.api.Routes.Route;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prometheus' query API: what a Prometheus data source of Grafana asks. Checks what a token allows, has an endpoint
/// answer, and tells faults as the protocol does.
public final class PrometheusApi implements FrontDoor.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusApi.class);

    private final Map<String, PrometheusEndpoints.Endpoint> endpoints = new HashMap<>();
    private final InstantSource clock;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    /// @param groups together an endpoint for every route of [Api#PROMETHEUS]
    public PrometheusApi(InstantSource clock, Duration longest, Collection<? extends PrometheusEndpoints> groups) {
        this.clock = clock;
        this.longest = longest;
        groups.forEach(group -> endpoints.putAll(group.byPath()));
        Set<String> paths = Routes.ALL.stream()
                .filter(route -> route.api() == Api.PROMETHEUS)
                .map(Route::path)
                .collect(Collectors.toSet());
        if (!endpoints.keySet().equals(paths)) {
            throw new IllegalArgumentException("routes are %s, but endpoints %s".formatted(paths, endpoints.keySet()));
        }
    }

    /// Answers a request that [Routes] has found a route for, errors included.
    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        PrometheusResponses responses = new PrometheusResponses(request);
        try {
            access.check(found.route().right());
            PrometheusRequests requests = new PrometheusRequests(
                    found.variables(), request.parameters(), access.tenantsOf(request), clock.instant(), longest);
            PrometheusEndpoints.Endpoint endpoint = endpoints.get(found.route().path());
            if (endpoint == null) {
                throw new Fault(FaultKind.NOT_FOUND, "nothing is served at " + request.path());
            }
            return endpoint.answer(new PrometheusCall(request, access, requests, responses));
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
}
