package io.lambdascope.localstack.host.lambda;

import java.nio.charset.StandardCharsets;

/// What becomes of one synchronous invocation.
public sealed interface InvokeOutcome {
    /// The function answered.
    record Answered(byte[] payload) implements InvokeOutcome {}

    /// The function threw, or its process crashed, ran out of time or of memory. The payload is the error as JSON.
    ///
    /// @param errorType such as `Sandbox.Timedout`, or the class that was thrown
    record Failed(String errorType, byte[] payload) implements InvokeOutcome {
        /// A failure that the platform found, worded as Lambda words it.
        static Failed of(String errorType, String requestId, String message) {
            String text = "RequestId: %s Error: %s".formatted(requestId, message);
            return new Failed(
                    errorType,
                    "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}"
                            .formatted(errorType, text)
                            .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /// Every process that the function may have is busy.
    record Throttled() implements InvokeOutcome {}
}
