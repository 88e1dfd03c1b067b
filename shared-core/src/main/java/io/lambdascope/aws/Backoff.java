package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// How often, and after which pauses, a call is made again that was turned away for a moment.
///
/// @param attempts calls in all, at least 1
/// @param baseMillis longest pause after the first call; it doubles with each further one
public record Backoff(int attempts, long baseMillis, RandomGenerator random, Pause pause) {
    /// Something that waits.
    public interface Pause {
        void pause(long millis) throws InterruptedException;
    }

    public Backoff {
        if (attempts < 1 || baseMillis < 0) {
            throw new IllegalArgumentException("backoff needs an attempt and no negative pause, but got %d and %d"
                    .formatted(attempts, baseMillis));
        }
    }

    /// Six calls, with pauses of up to 25, 50, 100, 200 and 400 ms between them.
    public static Backoff standard(RandomGenerator random) {
        return new Backoff(6, 25, random, TimeUnit.MILLISECONDS::sleep);
    }

    /// Waits before the next attempt: a random part of the pause, so that those who met do not meet again.
    ///
    /// @param attempt attempts made so far, from 1
    /// @throws Fault UNAVAILABLE if no attempt is left
    void await(int attempt, String what, Throwable reason) {
        if (attempt >= attempts) {
            throw Fault.unavailable("%s failed %d times: %s".formatted(what, attempt, reason.getMessage()), reason);
        }
        try {
            pause.pause(random.nextLong((baseMillis << Math.min(attempt - 1, 16)) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.unavailable(what + " was interrupted", e);
        }
    }
}
