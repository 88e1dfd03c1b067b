package io.lambdascope.localstack.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// What every server of the host does with an exchange of the JDK's HTTP server.
public final class HttpExchanges {
    /// How much of a body that is too large is read and thrown away so that the client gets to read the answer.
    private static final long MAX_DRAINED_BYTES = 64L << 20;

    static {
        // The server reads these once. Without the first, answers wait 40 ms for acknowledgements of their headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private HttpExchanges() {}

    /// A server that is bound and not yet started.
    ///
    /// @throws java.net.BindException if the port is taken
    public static HttpServer bind(InetSocketAddress address) throws IOException {
        return HttpServer.create(address, 1024);
    }

    /// Reads the body.
    ///
    /// @return null if it is larger than `maxBytes`
    public static byte @Nullable [] body(HttpExchange exchange, int maxBytes) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] body = in.readNBytes(maxBytes + 1);
        if (body.length <= maxBytes) {
            return body;
        }
        byte[] buffer = new byte[1 << 16];
        long drained = body.length;
        int read = 0;
        while (read >= 0 && drained < MAX_DRAINED_BYTES) {
            read = in.read(buffer);
            drained += read;
        }
        return null;
    }

    /// Answers with `body`, whose length is announced. An answer to HEAD, 204 or 304 has none.
    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bare = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
        if (bare || body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
