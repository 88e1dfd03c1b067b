package io.lambdascope.localstack.host.lambda;

/// Hears what a person who runs the machine should see. Called while locks are held: return at once.
public interface LambdaEvents {
    /// An invocation failed: the function threw, or its process crashed, timed out or grew too large.
    void failed(String function, InvokeOutcome.Failed failure);

    /// A process ended by itself while it had nothing to do.
    void crashed(String function, int exitCode);

    /// The operating system refused to start a process.
    void couldNotStart(String function, Exception cause);
}
