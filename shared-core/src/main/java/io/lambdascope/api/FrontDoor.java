package io.lambdascope.api;

import io.lambdascope.api.Routes.Api;
import io.lambdascope.api.Routes.Function;
import io.lambdascope.api.Routes.Match;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where requests come in: finds the route, has the token verified, and passes on what is in order. The same for every
/// function that answers HTTP.
public final class FrontDoor {
    /// Answers the requests of one API. What it throws is a fault of ours.
    @FunctionalInterface
    public interface Endpoint {
        /// @param access what the token allows; that it allows the route is not checked yet
        HttpResponse answer(HttpRequest request, Match.Found found, Access access);
    }

    private final Function function;
    private final TokenVerifier verifier;
    private final Map<Api, Endpoint> endpoints;

    /// @param function which one this is: routes of others are not answered
    /// @param endpoints one for each API of the function, but for [Api#HEALTH], which is answered here
    public FrontDoor(Function function, TokenVerifier verifier, Map<Api, Endpoint> endpoints) {
        for (Api api : Api.values()) {
            boolean needed = api.function() == function && api != Api.HEALTH;
            if (needed != endpoints.containsKey(api)) {
                throw new IllegalArgumentException(
                        needed ? "nobody answers " + api : "%s does not answer %s".formatted(function, api));
            }
        }
        this.function = function;
        this.verifier = verifier;
        this.endpoints = new EnumMap<>(endpoints);
    }

    public HttpResponse answer(HttpRequest request) {
        return switch (Routes.match(request.method(), request.path())) {
            case Match.NotFound() -> notFound(request);
            case Match.OtherMethod(List<String> allowed) -> otherMethod(request.method(), allowed);
            case Match.Found found when found.route().function() != function -> notFound(request);
            case Match.Found found -> answer(request, found);
        };
    }

    private static HttpResponse otherMethod(String method, List<String> allowed) {
        boolean asksForMethods = method.equals("OPTIONS");
        byte[] text = asksForMethods ? new byte[0] : "Method Not Allowed\n".getBytes(StandardCharsets.UTF_8);
        return new HttpResponse(asksForMethods ? 204 : 405, Map.of("allow", String.join(", ", allowed)), text);
    }

    private HttpResponse answer(HttpRequest request, Match.Found found) {
        Endpoint endpoint = endpoints.get(found.route().api());
        if (endpoint == null) {
            return HttpResponse.text(200, "ready\n");
        }
        Access access;
        try {
            access = verifier.verify(request);
        } catch (Fault fault) {
            // Whoever could not be told apart from a stranger is told no more than that.
            return fault.kind() == FaultKind.UNAUTHENTICATED
                    ? HttpResponse.text(401, fault.text())
                    : HttpResponse.text(503, "tokens cannot be verified now: " + fault.text());
        }
        return endpoint.answer(request, found, access);
    }

    private static HttpResponse notFound(HttpRequest request) {
        return HttpResponse.text(404, "nothing is served at %s %s".formatted(request.method(), request.path()));
    }
}
