package io.lambdascope.localstack.host.lambda;

import java.time.Duration;

/// Limits that hold for every function of the machine.
///
/// @param start how long a process may take until its first poll. Lambda has 10 s and tries again; one machine starts
///     several at once on few cores
/// @param idle how long a process may wait for an event before it is ended
public record LambdaLimits(Duration start, Duration idle) {
    public static final LambdaLimits DEFAULTS = new LambdaLimits(Duration.ofMinutes(2), Duration.ofMinutes(5));

    /// The most bytes of an event of a synchronous invocation.
    public static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

    /// The most bytes of an answer; the runtime's own framing has 100 bytes more.
    public static final int MAX_ANSWER_BYTES = 6 * 1024 * 1024 + 100;
}
