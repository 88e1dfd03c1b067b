package io.lambdascope.query;

import io.lambdascope.limits.Limit;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The limits of a query's tenants: of several the strictest holds. 0 stands for no limit.
final class StrictestLimits {
    private final List<TenantLimits> limits;

    StrictestLimits(List<TenantLimits> limits) {
        this.limits = List.copyOf(limits);
    }

    static StrictestLimits of(List<Tenant> tenants, TenantLimitsSource source) {
        return new StrictestLimits(tenants.stream().map(source::of).toList());
    }

    OptionalLong count(Limit<Long> limit) {
        return least(values(limit).mapToLong(Long::longValue));
    }

    /// The least of all of these.
    @SafeVarargs
    final OptionalLong millis(Limit<Duration>... lengths) {
        return least(Stream.of(lengths).flatMap(this::values).mapToLong(Duration::toMillis));
    }

    private <T> Stream<T> values(Limit<T> limit) {
        return limits.stream().map(one -> one.get(limit));
    }

    private static OptionalLong least(LongStream values) {
        return values.filter(value -> value > 0).min();
    }
}
