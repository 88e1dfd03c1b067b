package io.lambdascope.exec.logs.template;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// A moment in a zone, as Go's `time.Time`.
record GoTime(ZonedDateTime at) {
    /// What Go calls the zero time.
    static final GoTime ZERO = new GoTime(ZonedDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC")));

    static GoTime ofNanos(long nanos) {
        return ofSeconds(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    static GoTime ofSeconds(long seconds, long nanos) {
        return new GoTime(Instant.ofEpochSecond(seconds, nanos).atZone(ZoneId.of("UTC")));
    }

    @Override
    public String toString() {
        return GoLayout.format("2006-01-02 15:04:05.999999999 -0700 MST", at);
    }
}
