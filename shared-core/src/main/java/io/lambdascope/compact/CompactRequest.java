package io.lambdascope.compact;

import io.lambdascope.catalog.RegisteredHead;
import io.lambdascope.fault.Fault;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What to compact.
///
/// @param only one tenant and signal; empty for all there are
/// @param ahead merge what would be merged by then if nothing arrived; nothing is deleted or dropped sooner
///     for it. Zero for what is due now
public record CompactRequest(Optional<RegisteredHead> only, Duration ahead) {
    /// What the schedule asks for.
    public static final CompactRequest ALL = new CompactRequest(Optional.empty(), Duration.ZERO);

    private static final long MAX_AHEAD_MINUTES = Duration.ofDays(366).toMinutes();

    public CompactRequest {
        if (ahead.isNegative()) {
            throw Fault.badRequest("aheadMinutes must be 0 or more, not %d", ahead.toMinutes());
        }
    }

    /// Reads an event: `tenant` and `signal` for one, `aheadMinutes` where it should be ahead. Everything
    /// else in it is ignored, so that any schedule's event means [#ALL].
    ///
    /// @throws Fault BAD_REQUEST if one of these is not what it should be
    public static CompactRequest of(Map<String, ?> event) {
        Object ahead = event.get("aheadMinutes");
        return new CompactRequest(onlyOf(event.get("tenant"), event.get("signal")), aheadOf(ahead));
    }

    private static Optional<RegisteredHead> onlyOf(@Nullable Object tenant, @Nullable Object signal) {
        if (tenant == null && signal == null) {
            return Optional.empty();
        }
        if (tenant instanceof String id && signal instanceof String name) {
            return Optional.of(new RegisteredHead(new Tenant(id), signalOf(name)));
        }
        throw Fault.badRequest("an event for one tenant has the texts \"tenant\" and \"signal\", both");
    }

    static Signal signalOf(String name) {
        return Arrays.stream(Signal.values())
                .filter(signal -> signal.text().equals(name))
                .findFirst()
                .orElseThrow(() -> Fault.badRequest(
                        "signal must be one of %s, not \"%s\"",
                        Arrays.toString(Signal.values()).toLowerCase(Locale.ROOT), name));
    }

    private static Duration aheadOf(@Nullable Object minutes) {
        if (minutes == null) {
            return Duration.ZERO;
        }
        if (minutes instanceof Number number && number.longValue() >= 0 && number.longValue() <= MAX_AHEAD_MINUTES) {
            return Duration.ofMinutes(number.longValue());
        }
        throw Fault.badRequest("aheadMinutes must be a number from 0 to %d, not %s", MAX_AHEAD_MINUTES, minutes);
    }
}
