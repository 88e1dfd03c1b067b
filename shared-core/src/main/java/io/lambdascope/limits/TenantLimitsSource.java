package io.lambdascope.limits;

/// Knows the limits of each tenant.
@FunctionalInterface
public interface TenantLimitsSource {
    TenantLimits of(Tenant tenant);

    /// The same limits for everybody.
    static TenantLimitsSource same(TenantLimits limits) {
        return _ -> limits;
    }
}
