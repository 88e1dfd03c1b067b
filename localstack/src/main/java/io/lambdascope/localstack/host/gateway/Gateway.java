package io.lambdascope.localstack.host.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lambdascope.localstack.host.HttpExchanges;
import io.lambdascope.localstack.host.lambda.InvokeOutcome;
import io.lambdascope.localstack.host.lambda.LambdaHost;
import io.lambdascope.localstack.host.lambda.LambdaLimits;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Does what an HTTP API of API Gateway does in front of functions: routes, limits, events of payload format 2.0,
/// answers, its own short errors. Where every process of a function is busy a request waits for one, up to its
/// timeout: one machine has a few processes where Lambda would start one more.
public final class Gateway implements Closeable {
    private static final String DEFAULT_STAGE = "$default";
    /// The server sets these itself.
    private static final List<String> FRAMING = List.of("content-length", "transfer-encoding", "connection");

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final GatewaySettings settings;
    private final RouteTable routes;
    private final LambdaHost functions;
    private final Consumer<String> complaints;

    private Gateway(
            HttpServer server,
            GatewaySettings settings,
            RouteTable routes,
            LambdaHost functions,
            Consumer<String> complaints) {
        this.server = server;
        this.settings = settings;
        this.routes = routes;
        this.functions = functions;
        this.complaints = complaints;
    }

    /// Listens and answers until closed.
    ///
    /// @param complaints hears of every answer that is an error of ours, one line each
    /// @throws BindException if the port is taken
    public static Gateway start(
            GatewaySettings settings, RouteTable routes, LambdaHost functions, Consumer<String> complaints)
            throws IOException {
        HttpServer server = HttpExchanges.bind(new InetSocketAddress(settings.host(), settings.port()));
        Gateway gateway = new Gateway(server, settings, routes, functions, complaints);
        server.createContext("/", gateway::handle);
        server.setExecutor(gateway.requests);
        server.start();
        return gateway;
    }

    /// The base URL, without a slash at its end.
    public URI endpoint() {
        return URI.create(
                "http://%s:%d".formatted(settings.host(), server.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpApiAnswer answer = answer(exchange);
            if (answer.status() >= 500) {
                complaints.accept("%s %s was answered %d"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getPath(),
                                answer.status()));
            }
            answer.headers().forEach((name, value) -> {
                if (FRAMING.stream().noneMatch(name::equalsIgnoreCase)) {
                    exchange.getResponseHeaders().set(name, value);
                }
            });
            answer.cookies().forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
            HttpExchanges.send(exchange, answer.status(), answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpApiAnswer answer(HttpExchange exchange) throws IOException, InterruptedException {
        if (headerBytes(exchange) > GatewaySettings.MAX_HEADER_BYTES) {
            return error(431, "Request Header Fields Too Large");
        }
        byte[] body = HttpExchanges.body(exchange, GatewaySettings.MAX_BODY_BYTES);
        if (body == null) {
            return error(413, "Request Entity Too Large");
        }
        String path;
        try {
            // A plus sign means itself in a path.
            String raw = exchange.getRequestURI().getRawPath().replace("+", "%2B");
            path = URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return error(400, "Bad Request");
        }
        String stage = stageOf(path);
        String inside = stage.equals(DEFAULT_STAGE) ? path : path.substring(1 + stage.length());
        RouteTable.Match match = routes.find(exchange.getRequestMethod(), inside);
        if (match == null) {
            return error(404, "Not Found");
        }
        String query = exchange.getRequestURI().getRawQuery();
        HttpApiEvent event = new HttpApiEvent(
                stage,
                match,
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                UUID.randomUUID().toString(),
                Instant.now(),
                body);
        return invoke(match.route().function(), event.toJson());
    }

    private String stageOf(String path) {
        int end = path.indexOf('/', 1);
        String first = end < 0 ? "" : path.substring(1, end);
        return settings.stages().contains(first) ? first : DEFAULT_STAGE;
    }

    private HttpApiAnswer invoke(String function, byte[] event) throws InterruptedException {
        if (event.length > LambdaLimits.MAX_EVENT_BYTES) {
            return error(413, "Request Entity Too Large");
        }
        InvokeOutcome outcome = functions.invoke(function, event, settings.timeout(), settings.timeout());
        return switch (outcome) {
            case InvokeOutcome.Answered(byte[] payload) -> {
                try {
                    yield HttpApiAnswer.parse(payload);
                } catch (IOException e) {
                    complaints.accept("%s answered what API Gateway cannot read: %s".formatted(function, e));
                    yield error(500, "Internal Server Error");
                }
            }
            case InvokeOutcome.Failed _ -> error(500, "Internal Server Error");
            case InvokeOutcome.Throttled _ -> error(503, "Service Unavailable");
            case null -> error(503, "Service Unavailable");
        };
    }

    private static int headerBytes(HttpExchange exchange) {
        int bytes = exchange.getRequestURI().toString().length();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                bytes += header.getKey().length() + value.length() + 4;
            }
        }
        return bytes;
    }

    private static HttpApiAnswer error(int status, String message) {
        return new HttpApiAnswer(
                status,
                Map.of("content-type", "application/json"),
                List.of(),
                "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }
}
