package io.lambdascope.store;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.LimitsFile;
import io.lambdascope.limits.Tenant;
import io.lambdascope.limits.TenantLimits;
import io.lambdascope.limits.TenantLimitsSource;
import io.lambdascope.store.ObjectStore.Fetched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The limits file of a deployment, read when it is first needed and looked at again at most once a minute, by whoever
/// needs it then. A file that cannot be read, or that says something wrong, changes nothing: the last good one stays.
public final class StoredLimits implements TenantLimitsSource {
    /// Where the file is.
    public static final String KEY = "config/limits.json";

    private static final Logger LOG = LoggerFactory.getLogger(StoredLimits.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final ObjectStore objects;
    private final InstantSource clock;

    private @Nullable LimitsFile current;
    private @Nullable String etag;
    private Instant nextLook = Instant.MIN;

    public StoredLimits(ObjectStore objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /// @throws Fault UNAVAILABLE if there has never been a good file: what a limit would refuse must not be taken, and
    ///     what it would take must not be refused
    @Override
    public TenantLimits of(Tenant tenant) {
        return file().of(tenant);
    }

    private synchronized LimitsFile file() {
        LimitsFile known = current;
        Instant now = clock.instant();
        if (known != null && now.isBefore(nextLook)) {
            return known;
        }
        nextLook = now.plus(LOOK_AGAIN);
        LimitsFile file = known == null ? firstLook() : lookAgain(known);
        current = file;
        return file;
    }

    private LimitsFile firstLook() {
        try {
            return look(LimitsFile.EMPTY);
        } catch (Fault e) {
            LOG.error("{} cannot be used, and nothing else is known of limits: {}", KEY, e.text());
            throw new Fault(FaultKind.UNAVAILABLE, "the limits of tenants are not known: " + e.text(), e);
        }
    }

    private LimitsFile lookAgain(LimitsFile known) {
        try {
            return look(known);
        } catch (Fault e) {
            LOG.error("{} cannot be used, the limits known before stay: {}", KEY, e.text());
            return known;
        }
    }

    private LimitsFile look(LimitsFile known) {
        try {
            return switch (objects.getIfChanged(KEY, etag)) {
                case Fetched.Unchanged() -> known;
                case Fetched.Changed(String newEtag, byte[] body) -> {
                    LimitsFile file = LimitsFile.parse(body);
                    etag = newEtag;
                    LOG.info("{} is read: limits of their own have {}", KEY, file.tenants());
                    yield file;
                }
            };
        } catch (Fault e) {
            if (e.kind() != FaultKind.NOT_FOUND) {
                throw e;
            }
            etag = null;
            return LimitsFile.EMPTY;
        }
    }
}
