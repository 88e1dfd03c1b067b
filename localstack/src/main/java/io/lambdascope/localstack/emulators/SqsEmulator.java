package io.lambdascope.localstack.emulators;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPool$;
import scalikejdbc.ConnectionPoolSettings;

/// ElasticMQ with the limits of SQS, over an H2 database in a directory.
final class SqsEmulator implements Closeable {
    private final Function0<Terminated> stop;
    private final int port;

    private SqsEmulator(Function0<Terminated> stop, int port) {
        this.stop = stop;
        this.port = port;
    }

    static SqsEmulator start(Path directory, int wantedPort) throws IOException {
        int port = wantedPort == 0 ? freePort() : wantedPort;
        String database = "jdbc:h2:file:" + directory.resolve("queues") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        connect(database);
        ElasticMQServer server = new ElasticMQServer(new ElasticMQServerConfig(config(database, port)));
        return new SqsEmulator(server.start(), port);
    }

    /// ElasticMQ connects at its first start in a process only, and would find the connections closed at the next.
    private static void connect(String database) {
        ConnectionPool$ pools = ConnectionPool$.MODULE$;
        ConnectionPoolSettings settings = pools.singleton$default$4();
        pools.singleton(database, "", "", settings, pools.singleton$default$5(database, "", "", settings));
    }

    /// WRITE_DELAY=0: H2 would else keep what it has acknowledged in memory for half a second, and a kill lose it.
    private static Config config(String database, int port) {
        return ConfigFactory.parseMap(Map.ofEntries(
                        Map.entry("node-address.host", Emulators.LOOPBACK),
                        Map.entry("node-address.port", port),
                        Map.entry("rest-sqs.bind-hostname", Emulators.LOOPBACK),
                        Map.entry("rest-sqs.bind-port", port),
                        Map.entry("rest-sqs.sqs-limits", "strict"),
                        Map.entry("aws.region", "us-east-1"),
                        Map.entry("messages-storage.enabled", true),
                        Map.entry("messages-storage.uri", database),
                        Map.entry("pekko.loglevel", "WARNING"),
                        Map.entry("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"),
                        Map.entry("pekko.http.server.parsing.max-uri-length", "2m"),
                        Map.entry("pekko.http.server.parsing.max-content-length", "8m")))
                .withFallback(ConfigFactory.load());
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
