package io.lambdascope.exec;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// Runs pieces in another place, and here where nobody there can: an account may have no concurrency left.
///
/// @param preferred where pieces should run
/// @param otherwise where they run when `preferred` is not available
public record FallbackInvoker(ScanInvoker preferred, ScanInvoker otherwise) implements ScanInvoker {
    @Override
    public byte[] invoke(byte[] request) {
        try {
            return preferred.invoke(request);
        } catch (Fault fault) {
            if (fault.kind() != FaultKind.UNAVAILABLE) {
                throw fault;
            }
            return otherwise.invoke(request);
        }
    }
}
