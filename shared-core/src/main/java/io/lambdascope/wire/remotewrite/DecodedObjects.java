package io.lambdascope.wire.remotewrite;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;

/// Counts what becomes an object each: histograms, exemplars and metadata. Everything else costs a few times its bytes
/// in columns, but two bytes of a hostile body may ask for an object of a hundred.
final class DecodedObjects {
    /// No body of 32 MB that a real sender makes holds as many.
    private static final int MOST = 1 << 18;

    private int count;

    void add() {
        if (++count > MOST) {
            throw new Fault(
                    FaultKind.TOO_LARGE,
                    "body holds more than %d histograms, exemplars and metadata; send smaller batches".formatted(MOST));
        }
    }
}
