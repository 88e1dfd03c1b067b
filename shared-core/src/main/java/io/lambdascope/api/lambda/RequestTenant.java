package io.lambdascope.api.lambda;

import io.lambdascope.api.HttpRequest;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import java.util.Map;

/// Whose request it is. The variable `TENANT_HEADER=trusted` says that whoever can call at all may name any tenant in
/// `X-Scope-OrgID`, as on one machine; without it only a verified token can name one, and nothing verifies tokens yet.
public final class RequestTenant {
    private static final String HEADER = "x-scope-orgid";
    private static final Tenant ANONYMOUS = new Tenant("anonymous");

    private final boolean headerIsTrusted;

    private RequestTenant(boolean headerIsTrusted) {
        this.headerIsTrusted = headerIsTrusted;
    }

    public static RequestTenant of(Map<String, String> environment) {
        return new RequestTenant("trusted".equals(environment.get("TENANT_HEADER")));
    }

    /// @throws Fault UNAUTHENTICATED if nobody vouches for a tenant, BAD_REQUEST if the header names none
    public Tenant of(HttpRequest request) {
        if (!headerIsTrusted) {
            throw new Fault(FaultKind.UNAUTHENTICATED, "no token was verified for this request");
        }
        String id = request.header(HEADER);
        return id == null || id.isEmpty() ? ANONYMOUS : new Tenant(id);
    }
}
