package io.lambdascope.compact;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.time.Duration;

/// How long data is kept.
@FunctionalInterface
public interface Retention {
    /// Blocks all of whose rows are older are dropped. Zero keeps them for ever.
    Duration of(Tenant tenant, Signal signal);
}
