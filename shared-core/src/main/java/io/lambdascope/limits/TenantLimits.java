package io.lambdascope.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The limits of one tenant: what was said, and the defaults for the rest.
public final class TenantLimits {
    public static final TenantLimits DEFAULTS = new TenantLimits(Map.of());

    private final Map<Limit<?>, Object> said;

    /// @param said values that their limits may have
    TenantLimits(Map<Limit<?>, Object> said) {
        this.said = Map.copyOf(said);
    }

    public <T> T get(Limit<T> limit) {
        return said(limit).orElse(limit.defaultValue());
    }

    /// The value, if it was said rather than left to the default.
    public <T> Optional<T> said(Limit<T> limit) {
        return Optional.ofNullable(said.get(limit)).map(limit::cast);
    }

    /// These limits with another value for one of them.
    ///
    /// @throws IllegalArgumentException if it may not have this value
    public <T> TenantLimits with(Limit<T> limit, T value) {
        return with(new TenantLimits(Map.of(limit, limit.check(value))));
    }

    /// These limits with everything that `others` say.
    TenantLimits with(TenantLimits others) {
        Map<Limit<?>, Object> all = new HashMap<>(said);
        all.putAll(others.said);
        return new TenantLimits(all);
    }

    @Override
    public String toString() {
        return said.toString();
    }
}
