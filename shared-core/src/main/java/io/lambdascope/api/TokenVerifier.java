package io.lambdascope.api;

import io.lambdascope.limits.Tenant;

/// Finds out what the sender of a request may do.
@FunctionalInterface
public interface TokenVerifier {
    /// @throws io.lambdascope.fault.Fault UNAUTHENTICATED if the request carries no valid token
    Access verify(HttpRequest request);

    /// Lets everybody do everything; for one machine, where nobody else comes in.
    ///
    /// @param fallback whose data is meant where a request names no tenant
    static TokenVerifier none(Tenant fallback) {
        Access access = Access.everything(fallback);
        return _ -> access;
    }
}
