package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What an exception of the SDK means to us: throttling, errors of the service and of the network pass, so they are
/// UNAVAILABLE; what is left (no permission, no such table, a refused request) is a fault of ours.
final class AwsFaults {
    /// Not throttling by name, yet gone when the call is made again.
    private static final Set<String> PASSING = Set.of(
            "RequestTimeout",
            "OperationAborted",
            "TransactionConflictException",
            "TransactionInProgressException",
            "ExpiredToken",
            "ExpiredTokenException");

    private AwsFaults() {}

    static Fault of(String what, SdkException cause) {
        if (!(cause instanceof AwsServiceException answer)) {
            return Fault.unavailable(what + " failed: no answer: " + cause.getMessage(), cause);
        }
        String text = "%s failed: %d %s".formatted(what, answer.statusCode(), codeOf(answer));
        return isPassing(answer)
                ? Fault.unavailable(text, cause)
                : new Fault(FaultKind.INTERNAL, text + ": " + cause.getMessage(), cause);
    }

    private static boolean isPassing(AwsServiceException answer) {
        return answer.isThrottlingException()
                || answer.statusCode() == 429
                || answer.statusCode() >= 500
                || PASSING.contains(codeOf(answer));
    }

    static String codeOf(AwsServiceException answer) {
        @Nullable
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }
}
