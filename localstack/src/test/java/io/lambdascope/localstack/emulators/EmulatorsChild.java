package io.lambdascope.localstack.emulators;

import java.io.IOException;
import java.nio.file.Path;

/// A process of its own that runs emulators, to be killed by [EmulatorsRestartTest].
final class EmulatorsChild {
    private EmulatorsChild() {}

    /// Says on one line where they answer, S3, DynamoDB and SQS, and waits for its end.
    public static void main(String[] args) throws IOException {
        EmulatorEndpoints endpoints =
                Emulators.start(EmulatorSettings.anyPorts(Path.of(args[0]))).endpoints();
        System.out.println("%s %s %s".formatted(endpoints.s3(), endpoints.dynamo(), endpoints.sqs()));
        int closed = System.in.read();
        System.exit(closed);
    }
}
