package io.lambdascope.api.loki;

import io.lambdascope.api.HttpRequest;

/// One request of Loki's API as an endpoint gets it: the right is checked, tenants and parameters are at hand.
///
/// @param http as it came
/// @param requests reads its parameters
/// @param responses writes its answer
public record LokiCall(HttpRequest http, LokiRequests requests, LokiResponses responses) {}
