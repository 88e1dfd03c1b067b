package io.lambdascope.localstack.emulators;

import io.lambdascope.aws.AwsClients;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// A process of its own that runs emulators, to be killed by [EmulatorsRestartTest].
final class EmulatorsChild {
    static final int COUNT = 40;

    private final ObjectStore objects;
    private final Table table;
    private final MessageQueue queue;

    private EmulatorsChild(AwsClients clients) {
        Backoff backoff = Backoff.standard(new SplittableRandom(1));
        LocalAccount.ensureBucket(clients.s3(), "kept");
        LocalAccount.ensureTable(clients.dynamo(), "kept");
        objects = new S3ObjectStore(clients.s3(), "kept");
        table = new DynamoTable(
                clients.dynamo(), "kept", new UlidIds(InstantSource.system(), new SplittableRandom(1)), backoff);
        queue = new SqsQueue(clients.sqs(), LocalAccount.ensureQueue(clients.sqs(), "kept", 600, 3));
    }

    /// `write`: writes, says so and waits to be killed. `read`: reads it all, twice, with a clean stop between.
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[1]);
        if (args[0].equals("write")) {
            Emulators emulators = Emulators.start(EmulatorSettings.anyPorts(directory));
            try (AwsClients clients = AwsClients.createLocal(SharedEmulators.settings(emulators.endpoints()))) {
                new EmulatorsChild(clients).write();
            }
            System.out.println("written");
            int closed = System.in.read();
            throw new IllegalStateException("was not killed but read " + closed);
        }
        for (String round : List.of("killed", "closed")) {
            try (Emulators emulators = Emulators.start(EmulatorSettings.anyPorts(directory));
                    AwsClients clients = AwsClients.createLocal(SharedEmulators.settings(emulators.endpoints()))) {
                System.out.println(round + " " + new EmulatorsChild(clients).read(round.equals("killed")));
            }
        }
        System.exit(0);
    }

    private void write() {
        for (int i = 0; i < COUNT; i++) {
            String name = "%03d".formatted(i);
            objects.put("o/" + name, name.getBytes(StandardCharsets.UTF_8));
            table.putAll(
                    List.of(new Table.Item(new Table.Key("p", name), Map.of("n", new Table.Attribute.Number(i)), 0)));
            queue.send(name);
        }
    }

    private String read(boolean deleteAllButOne) {
        int wholeObjects = 0;
        for (ObjectStore.Listed listed : objects.list("o/", null).objects()) {
            String body = new String(objects.get(listed.key()), StandardCharsets.UTF_8);
            wholeObjects += listed.key().equals("o/" + body) ? 1 : 0;
        }
        int items = table.query("p", "0", "9", null).items().size();
        List<MessageQueue.Received> messages = new ArrayList<>();
        List<MessageQueue.Received> some = List.of();
        do {
            messages.addAll(some);
            some = queue.receive(MessageQueue.MAX_RECEIVE, 0);
        } while (!some.isEmpty());
        TreeSet<String> bodies =
                new TreeSet<>(messages.stream().map(MessageQueue.Received::body).toList());
        if (deleteAllButOne) {
            queue.delete(messages.stream()
                    .skip(1)
                    .map(MessageQueue.Received::receipt)
                    .toList());
            queue.changeVisibility(List.of(messages.getFirst().receipt()), 0);
        }
        return "%d objects %d items %d messages".formatted(wholeObjects, items, bodies.size());
    }
}
