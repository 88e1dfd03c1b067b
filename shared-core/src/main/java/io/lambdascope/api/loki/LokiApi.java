package io.lambdascope.api.loki;

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

/// Loki's query API: what a Loki data source of Grafana and its Logs Drilldown ask. Checks what a token allows, has an
/// endpoint answer, and tells faults as the protocol does. What of Loki's API is left out stands in
/// `docs/adr/0069-what-loki-clients-see.md`.
public final class LokiApi implements FrontDoor.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LokiApi.class);

    private final Map<String, LokiEndpoints.Endpoint> endpoints = new HashMap<>();
    private final InstantSource clock;
    private final Duration longest;

    /// @param longest how much time there is for an answer
    /// @param groups together an endpoint for every route of [Api#LOKI]
    public LokiApi(InstantSource clock, Duration longest, Collection<? extends LokiEndpoints> groups) {
        this.clock = clock;
        this.longest = longest;
        groups.forEach(group -> endpoints.putAll(group.byPath()));
        Set<String> paths = Routes.ALL.stream()
                .filter(route -> route.api() == Api.LOKI)
                .map(Route::path)
                .collect(Collectors.toSet());
        if (!endpoints.keySet().equals(paths)) {
            throw new IllegalArgumentException("routes are %s, but endpoints %s".formatted(paths, endpoints.keySet()));
        }
    }

    /// Answers a request that [Routes] has found a route for, errors included.
    @Override
    public HttpResponse answer(HttpRequest request, Match.Found found, Access access) {
        try {
            access.check(found.route().right());
            LokiEndpoints.Endpoint endpoint = endpoints.get(found.route().path());
            if (endpoint == null) {
                throw new Fault(FaultKind.NOT_FOUND, "nothing is served at " + request.path());
            }
            LokiRequests requests =
                    new LokiRequests(request, found.variables(), access.tenantsOf(request), clock.instant(), longest);
            return endpoint.answer(new LokiCall(request, requests, new LokiResponses(request)));
        } catch (Fault fault) {
            if (fault.kind() == FaultKind.INTERNAL || fault.kind() == FaultKind.CORRUPT_DATA) {
                LOG.warn("query of logs failed: {}", fault.text(), fault);
            }
            return LokiResponses.error(fault);
        } catch (RuntimeException e) {
            LOG.error("query of logs failed", e);
            return LokiResponses.error(new Fault(
                    FaultKind.INTERNAL, "internal error: " + e.getClass().getSimpleName(), e));
        }
    }
}
