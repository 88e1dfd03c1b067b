package io.lambdascope.exec;

import io.lambdascope.fault.Fault;
import io.lambdascope.model.Signal;
import java.util.Map;

/// Gives each piece to what runs pieces of its signal: the one scan function serves all of them. Every request begins
/// with the code of its signal, [Signal#code].
///
/// @param bySignal what runs the pieces of a signal
public record SignalScans(Map<Signal, ScanInvoker> bySignal) implements ScanInvoker {
    public SignalScans {
        bySignal = Map.copyOf(bySignal);
    }

    @Override
    public byte[] invoke(byte[] request) {
        for (Map.Entry<Signal, ScanInvoker> entry : bySignal.entrySet()) {
            if (request.length > 0 && request[0] == entry.getKey().code()) {
                return entry.getValue().invoke(request);
            }
        }
        return ScanAnswer.fault(Fault.corrupt(
                "a scan task of no signal that is scanned here: %d bytes, the first is %d",
                request.length, request.length == 0 ? -1 : request[0]));
    }
}
