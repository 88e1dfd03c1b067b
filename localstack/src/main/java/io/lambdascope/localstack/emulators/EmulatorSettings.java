package io.lambdascope.localstack.emulators;

import java.nio.file.Path;

/// Where the emulators keep their data and listen. All listen on 127.0.0.1 only.
///
/// @param dataDir what they keep; made if missing. One running set of emulators per directory.
/// @param s3Port port of the S3 server, 0 for any free one
/// @param dynamoPort port of DynamoDB Local, 0 for any free one
/// @param sqsPort port of the SQS server, 0 for any free one
public record EmulatorSettings(Path dataDir, int s3Port, int dynamoPort, int sqsPort) {
    public EmulatorSettings {
        requirePort("s3", s3Port);
        requirePort("dynamo", dynamoPort);
        requirePort("sqs", sqsPort);
    }

    /// Every port a free one.
    public static EmulatorSettings anyPorts(Path dataDir) {
        return new EmulatorSettings(dataDir, 0, 0, 0);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("%s port must be 0 to 65535, but is %d".formatted(name, port));
        }
    }
}
