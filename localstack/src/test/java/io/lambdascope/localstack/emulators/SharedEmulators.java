package io.lambdascope.localstack.emulators;

import io.lambdascope.aws.AwsClients;
import io.lambdascope.aws.AwsSettings;
import io.lambdascope.aws.Backoff;
import io.lambdascope.aws.DynamoTable;
import io.lambdascope.aws.LocalAccount;
import io.lambdascope.aws.S3ObjectStore;
import io.lambdascope.aws.SqsQueue;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.store.UlidIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One set of emulators for the test classes of this process, started by the first that asks. A test that runs
/// emulators
/// of its own closes them first; the next that asks starts others.
public final class SharedEmulators {
    private static @Nullable SharedEmulators instance;

    private final Emulators emulators;
    private final AwsClients clients;
    private final Backoff backoff = Backoff.standard(new SplittableRandom(1));
    private final AtomicInteger names = new AtomicInteger();

    private SharedEmulators(Emulators emulators) {
        this.emulators = emulators;
        this.clients = AwsClients.createLocal(settings(emulators.endpoints()));
        LocalAccount.ensureBucket(clients.s3(), "contract");
        LocalAccount.ensureTable(clients.dynamo(), "contract");
    }

    static synchronized SharedEmulators get() throws IOException {
        SharedEmulators shared = instance;
        if (shared == null) {
            Path directory = Files.createDirectories(Path.of("target", "emulators"));
            shared = new SharedEmulators(
                    Emulators.start(EmulatorSettings.anyPorts(Files.createTempDirectory(directory, "contracts-"))));
            instance = shared;
        }
        return shared;
    }

    public static synchronized void close() throws IOException {
        SharedEmulators shared = instance;
        if (shared != null) {
            instance = null;
            shared.clients.close();
            shared.emulators.close();
        }
    }

    static AwsSettings settings(EmulatorEndpoints endpoints) {
        return new AwsSettings("us-east-1", endpoints.s3(), endpoints.dynamo(), endpoints.sqs(), null);
    }

    /// A name that nobody else gets.
    String freshName() {
        return "n" + names.incrementAndGet();
    }

    ObjectStore objects() {
        return new S3ObjectStore(clients.s3(), "contract");
    }

    Table table() {
        return new DynamoTable(
                clients.dynamo(),
                "contract",
                new UlidIds(InstantSource.system(), new SplittableRandom(System.nanoTime())),
                backoff);
    }

    record Queues(MessageQueue queue, MessageQueue deadLetters) {}

    Queues freshQueues(int maxReceiveCount) {
        String name = freshName();
        String url = LocalAccount.ensureQueue(clients.sqs(), name, 60, maxReceiveCount);
        String deadUrl = clients.sqs()
                .getQueueUrl(request -> request.queueName(LocalAccount.deadLettersOf(name)))
                .queueUrl();
        return new Queues(new SqsQueue(clients.sqs(), url), new SqsQueue(clients.sqs(), deadUrl));
    }
}
