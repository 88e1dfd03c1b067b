package io.lambdascope.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class LambdaScanInvokerTest {
    private record FakeLambda(Function<InvokeRequest, InvokeResponse> answer) implements LambdaClient {
        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            return answer.apply(request);
        }

        @Override
        public String serviceName() {
            return "lambda";
        }

        @Override
        public void close() {}
    }

    private static LambdaScanInvoker invoker(Function<InvokeRequest, InvokeResponse> answer) {
        return new LambdaScanInvoker(new FakeLambda(answer), "scan:live");
    }

    @Test
    void carriesAnyBytesBothWaysAsJson() {
        byte[] bytes = new byte[1001];
        new SplittableRandom(3).nextBytes(bytes);
        LambdaScanInvoker echo = invoker(request -> {
            assertThat(request.functionName()).isEqualTo("scan:live");
            assertThat(request.payload().asUtf8String()).matches("\"[A-Za-z0-9+/=]+\"");
            return InvokeResponse.builder().payload(request.payload()).build();
        });
        assertThat(echo.invoke(bytes)).isEqualTo(bytes);
        assertThat(echo.invoke(new byte[] {0})).containsExactly(0);
    }

    @Test
    void aFunctionThatFailedMayBeTriedAgain() {
        LambdaScanInvoker failing = invoker(_ -> InvokeResponse.builder()
                .functionError("Unhandled")
                .payload(SdkBytes.fromUtf8String("{\"errorType\":\"Runtime.ExitError\"}"))
                .build());
        assertThatThrownBy(() -> failing.invoke(new byte[] {1}))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNAVAILABLE))
                .hasMessage("scan:live failed: Unhandled {\"errorType\":\"Runtime.ExitError\"}");
    }

    @Test
    void noConcurrencyLeftMayBeTriedAgain() {
        LambdaScanInvoker throttled = invoker(_ -> {
            throw LambdaException.builder()
                    .statusCode(429)
                    .message("Rate Exceeded.")
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("TooManyRequestsException")
                            .build())
                    .build();
        });
        assertThatThrownBy(() -> throttled.invoke(new byte[] {1}))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNAVAILABLE));
    }

    @Test
    void refusesMoreThanFits() {
        assertThat(ScanPayload.encode(new byte[ScanPayload.MAX_BYTES]))
                .hasSizeLessThanOrEqualTo(ScanPayload.MAX_PAYLOAD_BYTES);
        assertThatThrownBy(() -> ScanPayload.encode(new byte[ScanPayload.MAX_BYTES + 1]))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "null", "{}", "\"?\"", "AAAA"})
    void refusesPayloadsThatAreNone(String payload) {
        assertThatThrownBy(() -> ScanPayload.decode(payload.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(FaultKind.CORRUPT_DATA));
    }
}
