package io.lambdascope.api.prometheus;

import io.lambdascope.api.Access;
import io.lambdascope.api.HttpRequest;

/// One request of the query API as an endpoint gets it: the right is checked, tenants and parameters are at hand.
///
/// @param http as it came
/// @param access whose data it may choose from
/// @param requests reads its parameters
/// @param responses writes its answer
public record PrometheusCall(
        HttpRequest http, Access access, PrometheusRequests requests, PrometheusResponses responses) {}
