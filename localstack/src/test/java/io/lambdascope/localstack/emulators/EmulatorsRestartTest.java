package io.lambdascope.localstack.emulators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.aws.AwsClients;
import io.lambdascope.aws.Backoff;
import io.lambdascope.aws.DynamoTable;
import io.lambdascope.aws.LocalAccount;
import io.lambdascope.aws.S3ObjectStore;
import io.lambdascope.aws.SqsQueue;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.MessageQueue.Received;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import io.lambdascope.store.UlidIds;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorsRestartTest {
    private static final int COUNT = 40;
    private static final int MAX_RECEIVE_COUNT = 2;
    private static final String NAME = "kept";

    @TempDir
    Path directory;

    @BeforeEach
    void aProcessRunsOneSet() throws IOException {
        SharedEmulators.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndAfterAStop() throws IOException, InterruptedException {
        Process child = child();
        try (BufferedReader said = child.inputReader(UTF_8);
                Account account = new Account(endpoints(said.readLine()), 600)) {
            account.write();
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Emulators emulators = start();
                Account account = new Account(emulators.endpoints(), 300)) {
            assertThat(account.wholeObjects()).isEqualTo(COUNT);
            assertThat(account.items()).isEqualTo(COUNT);
            List<Received> messages = receiveAll(account.queue, COUNT);
            assertThat(new TreeSet<>(messages.stream().map(Received::body).toList()))
                    .hasSize(COUNT);
            account.queue.delete(
                    messages.stream().skip(1).map(Received::receipt).toList());
            account.queue.changeVisibility(List.of(messages.getFirst().receipt()), 0);
        }
        try (Emulators emulators = start();
                Account account = new Account(emulators.endpoints(), 300)) {
            assertThat(account.wholeObjects()).isEqualTo(COUNT);
            assertThat(account.items()).isEqualTo(COUNT);
            assertThat(receiveAll(account.queue, 1)).hasSize(1);
        }
    }

    private Process child() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorsChild.class.getName(),
                        directory.toString())
                .redirectError(new File("target/emulators-child.log"))
                .start();
    }

    private static EmulatorEndpoints endpoints(String said) {
        String[] uris = said.split(" ");
        return new EmulatorEndpoints(URI.create(uris[0]), URI.create(uris[1]), URI.create(uris[2]));
    }

    /// ElasticMQ alone would bring the message back at the next start, fail to move it a second time, and from then on
    /// acknowledge messages without writing them.
    @Test
    void deadLettersStayDeadAndWhatIsSentAfterThemIsKept() throws IOException {
        try (Emulators emulators = start();
                Account account = new Account(emulators.endpoints(), 600)) {
            account.queue.send("poison");
            for (int i = 0; i < MAX_RECEIVE_COUNT; i++) {
                Received received = receiveAll(account.queue, 1).getFirst();
                account.queue.changeVisibility(List.of(received.receipt()), 0);
            }
            assertThat(account.queue.receive(1, 1)).isEmpty();
            assertThat(account.deadLetters.receive(10, 0)).hasSize(1);
        }
        try (Emulators emulators = start();
                Account account = new Account(emulators.endpoints(), 600)) {
            assertThat(account.queue.receive(1, 1)).isEmpty();
            account.queue.send("sound");
        }
        try (Emulators emulators = start();
                Account account = new Account(emulators.endpoints(), 600)) {
            assertThat(receiveAll(account.queue, 1)).extracting(Received::body).containsExactly("sound");
        }
    }

    @Test
    void aSecondSetIsRefused() throws IOException {
        SharedEmulators.get();
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs emulators already");
    }

    private Emulators start() throws IOException {
        return Emulators.start(EmulatorSettings.anyPorts(directory));
    }

    private static List<Received> receiveAll(MessageQueue queue, int count) {
        List<Received> all = new ArrayList<>();
        List<Received> some;
        do {
            some = queue.receive(MessageQueue.MAX_RECEIVE, 1);
            all.addAll(some);
        } while (!some.isEmpty() && all.size() < count);
        return all;
    }

    /// A bucket, a table and a queue over emulators.
    private static final class Account implements AutoCloseable {
        private final AwsClients clients;
        private final ObjectStore objects;
        private final Table table;
        private final MessageQueue queue;
        private final MessageQueue deadLetters;

        Account(EmulatorEndpoints endpoints, int visibilitySeconds) {
            this.clients = AwsClients.createLocal(SharedEmulators.settings(endpoints));
            LocalAccount.ensureBucket(clients.s3(), NAME);
            LocalAccount.ensureTable(clients.dynamo(), NAME);
            this.objects = new S3ObjectStore(clients.s3(), NAME);
            SplittableRandom random = new SplittableRandom(1);
            this.table = new DynamoTable(
                    clients.dynamo(), NAME, new UlidIds(InstantSource.system(), random), Backoff.standard(random));
            String url = LocalAccount.ensureQueue(clients.sqs(), NAME, visibilitySeconds, MAX_RECEIVE_COUNT);
            this.queue = new SqsQueue(clients.sqs(), url);
            this.deadLetters = new SqsQueue(
                    clients.sqs(),
                    clients.sqs()
                            .getQueueUrl(request -> request.queueName(LocalAccount.deadLettersOf(NAME)))
                            .queueUrl());
        }

        void write() {
            for (int i = 0; i < COUNT; i++) {
                String name = "%03d".formatted(i);
                objects.put("o/" + name, name.getBytes(UTF_8));
                table.putAll(List.of(
                        new Table.Item(new Table.Key("p", name), Map.of("n", new Table.Attribute.Number(i)), 0)));
                queue.send(name);
            }
        }

        long wholeObjects() {
            return objects.list("o/", null).objects().stream()
                    .filter(listed -> listed.key().equals("o/" + new String(objects.get(listed.key()), UTF_8)))
                    .count();
        }

        int items() {
            return table.query("p", "0", "9", null).items().size();
        }

        @Override
        public void close() {
            clients.close();
        }
    }
}
