package io.lambdascope.time;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.time.Instant;
import java.time.InstantSource;

/// When work must have ended.
public record Deadline(InstantSource clock, Instant end) {
    /// Lets everything take as long as it takes.
    public static final Deadline NEVER = new Deadline(InstantSource.fixed(Instant.EPOCH), Instant.MAX);

    public boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    /// @throws Fault TIMEOUT if it is over
    public void check() {
        if (isOver()) {
            throw new Fault(FaultKind.TIMEOUT, "time was up at " + end);
        }
    }
}
