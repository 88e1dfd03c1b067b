package io.lambdascope.localstack.emulators;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPool$;
import scalikejdbc.ConnectionPoolSettings;

/// ElasticMQ with the limits of SQS, over an H2 database in a directory.
final class SqsEmulator implements Closeable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Function0<Terminated> stop;
    private final int port;

    private SqsEmulator(Function0<Terminated> stop, int port) {
        this.stop = stop;
        this.port = port;
    }

    static SqsEmulator start(Path directory, int wantedPort) throws IOException {
        int port = wantedPort == 0 ? freePort() : wantedPort;
        SqsDatabase database = SqsDatabase.in(directory);
        connect(database.uri());
        database.forgetDeadLetters();
        List<String> queues = database.queues();
        ElasticMQServer server = new ElasticMQServer(new ElasticMQServerConfig(config(database.uri(), port)));
        SqsEmulator emulator = new SqsEmulator(server.start(), port);
        try {
            emulator.await(queues);
        } catch (IOException e) {
            emulator.close();
            throw e;
        }
        return emulator;
    }

    /// ElasticMQ connects at its first start in a process only, and would find the connections closed at the next.
    private static void connect(String database) {
        ConnectionPool$ pools = ConnectionPool$.MODULE$;
        ConnectionPoolSettings settings = pools.singleton$default$4();
        pools.singleton(database, "", "", settings, pools.singleton$default$5(database, "", "", settings));
    }

    private static Config config(String database, int port) {
        return ConfigFactory.parseMap(Map.ofEntries(
                        Map.entry("node-address.host", Emulators.LOOPBACK),
                        Map.entry("node-address.port", port),
                        Map.entry("rest-sqs.bind-hostname", Emulators.LOOPBACK),
                        Map.entry("rest-sqs.bind-port", port),
                        Map.entry("rest-sqs.sqs-limits", "strict"),
                        Map.entry("aws.region", "us-east-1"),
                        Map.entry("messages-storage.enabled", true),
                        Map.entry("messages-storage.uri", database)))
                .withFallback(ConfigFactory.load());
    }

    /// ElasticMQ answers before it has its queues back. Who makes a queue of the same name then, and with other
    /// attributes, stops it.
    private void await(List<String> queues) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        URI question = endpoint().resolve("/?Action=ListQueues&Version=2012-11-05");
        String answer = "";
        do {
            LockSupport.parkNanos(answer.isEmpty() ? 0 : PAUSE.toNanos());
            try (InputStream in = question.toURL().openStream()) {
                answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } while (!queues.stream().map(name -> "/" + name + "<").allMatch(answer::contains) && System.nanoTime() < end);
    }

    /// ElasticMQ does not tell which port it got when it is given 0.
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(Emulators.LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://%s:%d".formatted(Emulators.LOOPBACK, port));
    }

    @Override
    public void close() {
        stop.apply();
        ConnectionPool.closeAll();
    }
}
