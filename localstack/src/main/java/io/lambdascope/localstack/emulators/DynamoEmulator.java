package io.lambdascope.localstack.emulators;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;

/// DynamoDB Local over a directory, one database for every region and access key.
///
/// Its own server class listens on all interfaces and reports each start to AWS; here its handler stands in a server
/// of ours, which does neither.
final class DynamoEmulator implements Closeable {
    private static final boolean ON_DISK = false;
    private static final boolean ONE_SHARED_DATABASE = true;
    private static final boolean DELAY_TABLE_STATES = false;

    private final Server server;
    private final LocalDynamoDBServerHandler handler;

    private DynamoEmulator(Server server, LocalDynamoDBServerHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    static DynamoEmulator start(Path directory, int port) throws Exception {
        LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                0, ON_DISK, directory.toString(), ONE_SHARED_DATABASE, DELAY_TABLE_STATES);
        LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(requests, null);
        Server server = new Server(new InetSocketAddress(InetAddress.ofLiteral(Emulators.LOOPBACK), port));
        server.setHandler(new ContextHandler(handler));
        server.start();
        return new DynamoEmulator(server, handler);
    }

    URI endpoint() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return URI.create("http://%s:%d".formatted(Emulators.LOOPBACK, port));
    }

    /// Its background jobs sleep in threads that nobody can wake; they end minutes later, so a program exits by
    /// itself rather than when its threads do.
    @Override
    public void close() throws IOException {
        try {
            server.stop();
            handler.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while DynamoDB Local stops", e);
        } catch (Exception e) {
            throw new IOException("DynamoDB Local does not stop: " + e.getMessage(), e);
        }
    }
}
