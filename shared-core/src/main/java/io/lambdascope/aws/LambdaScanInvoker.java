package io.lambdascope.aws;

import io.lambdascope.exec.ScanInvoker;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Runs pieces in a Lambda function, one synchronous invocation each, with payloads as [ScanPayload] writes them.
public final class LambdaScanInvoker implements ScanInvoker {
    private static final int SHOWN_ERROR_CHARACTERS = 500;

    private final LambdaClient lambda;
    private final String function;

    /// @param function name or ARN of the function, with its alias or version
    public LambdaScanInvoker(LambdaClient lambda, String function) {
        this.lambda = lambda;
        this.function = function;
    }

    @Override
    public byte[] invoke(byte[] request) {
        SdkBytes payload = SdkBytes.fromByteArrayUnsafe(ScanPayload.encode(request));
        InvokeResponse answer;
        try {
            answer = lambda.invoke(invoke -> invoke.functionName(function)
                    .invocationType(InvocationType.REQUEST_RESPONSE)
                    .payload(payload));
        } catch (SdkException e) {
            throw AwsFaults.of("invocation of " + function, e);
        }
        if (answer.functionError() != null) {
            throw new Fault(
                    FaultKind.UNAVAILABLE,
                    "%s failed: %s %s".formatted(function, answer.functionError(), shown(answer.payload())));
        }
        return ScanPayload.decode(answer.payload().asByteArrayUnsafe());
    }

    private static String shown(SdkBytes payload) {
        String text = payload.asString(StandardCharsets.UTF_8);
        return text.length() <= SHOWN_ERROR_CHARACTERS ? text : text.substring(0, SHOWN_ERROR_CHARACTERS) + "…";
    }
}
