package io.lambdascope.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The SDK's clients, over one HTTP client. Region, endpoints and credentials are given, so that starting asks nobody:
/// no profile file, no instance metadata.
public record AwsClients(SdkHttpClient http, S3Client s3, DynamoDbClient dynamo, SqsClient sqs, LambdaClient lambda)
        implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /// Longer than the longest wait that we ask for: a scan's 28 s and a little.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(32);

    private static final int ATTEMPTS = 4;

    /// Clients with the credentials of the environment, as Lambda sets them.
    public static AwsClients create(AwsSettings settings) {
        return create(settings, EnvironmentVariableCredentialsProvider.create());
    }

    /// Clients for emulators, which take any credentials.
    public static AwsClients createLocal(AwsSettings settings) {
        return create(settings, StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    private static AwsClients create(AwsSettings settings, AwsCredentialsProvider credentials) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT)
                .build();
        RetryStrategy retrying = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .build();
        // A scan that may have run is not run again behind the back of its caller, who counts the time.
        RetryStrategy once = AwsRetryStrategy.doNotRetry();
        Region region = Region.of(settings.region());
        return new AwsClients(
                http,
                with(s3(settings), settings.s3(), region, credentials, retrying)
                        .httpClient(http)
                        .build(),
                with(DynamoDbClient.builder(), settings.dynamo(), region, credentials, retrying)
                        .httpClient(http)
                        .build(),
                with(SqsClient.builder(), settings.sqs(), region, credentials, retrying)
                        .httpClient(http)
                        .build(),
                with(LambdaClient.builder(), settings.lambda(), region, credentials, once)
                        .httpClient(http)
                        .build());
    }

    /// S3Proxy answers a put when it has the data, and hangs up on a client that still sends the end of an aws-chunked
    /// body or its checksum: one put in some hundred failed and was sent again. So emulators get plain bodies.
    private static S3ClientBuilder s3(AwsSettings settings) {
        S3ClientBuilder builder = S3Client.builder();
        return settings.s3() == null
                ? builder
                : builder.forcePathStyle(true)
                        .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }

    private static <B extends AwsClientBuilder<B, ?>> B with(
            B builder, @Nullable URI endpoint, Region region, AwsCredentialsProvider credentials, RetryStrategy retry) {
        builder.region(region)
                .credentialsProvider(credentials)
                .defaultsMode(DefaultsMode.STANDARD)
                .overrideConfiguration(override -> override.retryStrategy(retry));
        return endpoint == null ? builder : builder.endpointOverride(endpoint);
    }

    @Override
    public void close() {
        s3.close();
        dynamo.close();
        sqs.close();
        lambda.close();
        http.close();
    }
}
