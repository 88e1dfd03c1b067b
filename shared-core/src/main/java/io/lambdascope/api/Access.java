package io.lambdascope.api;

import io.lambdascope.api.Routes.Right;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a verified token allows. A request's header chooses among the tenants of its token and never beyond them.
///
/// @param tenants those that the token names; empty: any, as on a machine of one's own
/// @param fallback whose data is meant where the header names none, if that is clear
/// @param rights what may be done
public record Access(Optional<Set<Tenant>> tenants, Optional<Tenant> fallback, Set<Right> rights) {
    /// The header that names tenants, several with `|` between, as Mimir and Loki have it.
    public static final String TENANT_HEADER = "x-scope-orgid";

    private static final int MAX_TENANTS = 16;

    public Access {
        tenants = tenants.map(Set::copyOf);
        rights = Set.copyOf(rights);
    }

    /// Everything, for any tenant.
    public static Access everything(Tenant fallback) {
        return new Access(Optional.empty(), Optional.of(fallback), Set.of(Right.values()));
    }

    /// `rights` for `tenants`, at least one; where there is only one, the header may be left out.
    public static Access to(Set<Tenant> tenants, Set<Right> rights) {
        Optional<Tenant> only =
                tenants.size() == 1 ? Optional.of(tenants.iterator().next()) : Optional.empty();
        return new Access(Optional.of(tenants), only, rights);
    }

    /// @throws Fault FORBIDDEN if the token does not allow what the route does
    public void check(Right right) {
        if (right != Right.NONE && !rights.contains(right)) {
            throw new Fault(FaultKind.FORBIDDEN, "the token does not allow to %s".formatted(verb(right)));
        }
    }

    private static String verb(Right right) {
        return switch (right) {
            case NONE -> "do anything";
            case READ -> "read";
            case WRITE -> "write";
            case RULES -> "change rules";
            case ADMIN -> "administer";
        };
    }

    /// The tenants to read: those of the header, in its order, each once.
    ///
    /// @throws Fault UNAUTHENTICATED if no tenant is named, BAD_REQUEST if a name is none, FORBIDDEN if the token
    ///     does not allow one
    public List<Tenant> tenantsOf(HttpRequest request) {
        String header = request.header(TENANT_HEADER);
        if (header == null || header.isBlank()) {
            return List.of(fallback.orElseThrow(() -> new Fault(
                    FaultKind.UNAUTHENTICATED, "no org id: the header X-Scope-OrgID must name a tenant of the token")));
        }
        List<Tenant> named = new ArrayList<>();
        for (String id : header.split("\\|", MAX_TENANTS + 2)) {
            Tenant tenant = new Tenant(id.strip());
            checkAllowed(tenant);
            if (!named.contains(tenant)) {
                named.add(tenant);
            }
        }
        if (named.size() > MAX_TENANTS) {
            throw Fault.badRequest("at most %d tenants may be read at once", MAX_TENANTS);
        }
        return List.copyOf(named);
    }

    /// The one tenant to write to.
    ///
    /// @throws Fault as [#tenantsOf], and BAD_REQUEST if several are named
    public Tenant tenantOf(HttpRequest request) {
        List<Tenant> named = tenantsOf(request);
        if (named.size() != 1) {
            throw Fault.badRequest("one tenant must be named here, not %d", named.size());
        }
        return named.getFirst();
    }

    private void checkAllowed(Tenant tenant) {
        if (tenants.isPresent() && !tenants.get().contains(tenant)) {
            throw new Fault(FaultKind.FORBIDDEN, "the token does not allow tenant \"%s\"".formatted(tenant));
        }
    }
}
