package io.lambdascope.api.otlp;

import io.lambdascope.limits.Tenant;
import io.lambdascope.wire.otlp.MessageShape;

/// What one signal does with an OTLP request; [OtlpApi] does what they have in common.
public interface OtlpExport {
    /// What became of a request.
    ///
    /// @param rejected how many data points, log records, spans or profiles are not stored
    /// @param text why they are not, or what else the sender should know; empty if there is nothing to say
    record Outcome(long rejected, String text) {
        boolean isComplete() {
            return rejected == 0 && text.isEmpty();
        }
    }

    /// The signal's `Export…ServiceRequest`, by which JSON is read.
    MessageShape shape();

    /// What JSON calls the number of those that were refused, as in `rejectedDataPoints`.
    String rejectedName();

    /// Returns once everything that was not refused is durable.
    ///
    /// @param request an `Export…ServiceRequest` in protobuf
    /// @throws io.lambdascope.fault.Fault BAD_REQUEST if it is none; UNAVAILABLE: all of it may be sent again
    Outcome export(Tenant tenant, byte[] request);
}
