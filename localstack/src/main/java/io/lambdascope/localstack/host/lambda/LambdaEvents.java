package io.lambdascope.localstack.host.lambda;

import java.time.Duration;

/// Hears what a person who runs the machine should see. Called while locks are held: return at once.
public interface LambdaEvents {
    /// Where a process has its classes from.
    enum Classes {
        FROM_JARS,
        FROM_CACHE,
        /// It was told to use a cache, and found fault with it.
        CACHE_REFUSED
    }

    /// A process is ready for its first event.
    ///
    /// @param init since its start
    void started(String function, Duration init, Classes classes);

    /// An invocation failed: the function threw, or its process crashed, timed out or grew too large.
    void failed(String function, InvokeOutcome.Failed failure);

    /// A process ended by itself while it had nothing to do.
    void crashed(String function, int exitCode);

    /// The operating system refused to start a process.
    void couldNotStart(String function, Exception cause);
}
