package io.lambdascope.exec;

/// Runs a piece of a plan in another place: a function of its own, or this process.
public interface ScanInvoker {
    /// Sends a piece and waits for its partial.
    ///
    /// @throws io.lambdascope.fault.Fault UNAVAILABLE if nobody could run it or it failed; it can be tried again.
    ///     TOO_LARGE if request or answer do not fit through an invocation
    byte[] invoke(byte[] request);
}
