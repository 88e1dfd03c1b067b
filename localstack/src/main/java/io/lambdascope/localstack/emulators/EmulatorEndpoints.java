package io.lambdascope.localstack.emulators;

import java.net.URI;

/// Where the emulators answer, as an AWS SDK takes it for its endpoint override. Credentials may be any.
public record EmulatorEndpoints(URI s3, URI dynamo, URI sqs) {}
