package io.lambdascope.aws;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the account is. An endpoint that is null is the region's own.
///
/// @param region as in `us-east-1`
public record AwsSettings(
        String region,
        @Nullable URI s3,
        @Nullable URI dynamo,
        @Nullable URI sqs,
        @Nullable URI lambda) {

    /// Settings from the variables that the AWS SDKs share: `AWS_REGION` (Lambda sets it), and per service
    /// `AWS_ENDPOINT_URL_S3`, `…_DYNAMODB`, `…_SQS`, `…_LAMBDA`, else `AWS_ENDPOINT_URL` for all.
    ///
    /// @throws Fault INTERNAL if there is no region
    public static AwsSettings of(Map<String, String> environment) {
        String region = environment.get("AWS_REGION");
        if (region == null || region.isEmpty()) {
            throw new Fault(FaultKind.INTERNAL, "AWS_REGION is not set, as in us-east-1");
        }
        return new AwsSettings(
                region,
                endpoint(environment, "S3"),
                endpoint(environment, "DYNAMODB"),
                endpoint(environment, "SQS"),
                endpoint(environment, "LAMBDA"));
    }

    private static @Nullable URI endpoint(Map<String, String> environment, String service) {
        String own = environment.get("AWS_ENDPOINT_URL_" + service);
        String text = own != null ? own : environment.get("AWS_ENDPOINT_URL");
        return text == null || text.isEmpty() ? null : URI.create(text);
    }
}
