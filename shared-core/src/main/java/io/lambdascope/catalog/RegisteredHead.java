package io.lambdascope.catalog;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;

/// A tenant that has sent data of a signal at some time.
public record RegisteredHead(Tenant tenant, Signal signal) {}
