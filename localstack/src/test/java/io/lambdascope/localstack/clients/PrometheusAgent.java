package io.lambdascope.localstack.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A Prometheus that scrapes a service with Micrometer every second, and passes on what it has found.
final class PrometheusAgent implements Closeable {
    private static final String CONFIG = """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: shop
                static_configs: [{targets: ["127.0.0.1:%d"], labels: {instance: "c"}}]
            remote_write:
              - url: %s/api/v1/push
                send_exemplars: true
                queue_config: {batch_send_deadline: 200ms}
            """;

    private final HttpServer service;
    private final Path folder;
    private final Process process;

    private PrometheusAgent(HttpServer service, Path folder, Process process) {
        this.service = service;
        this.folder = folder;
        this.process = process;
    }

    /// Skips the test where there is no Prometheus. It names no tenant: Debian's Prometheus 2.42 sends none of the
    /// headers that its configuration gives to remote write.
    static PrometheusAgent start(String endpoint) throws IOException {
        Optional<Path> prometheus = prometheus();
        Assumptions.assumeTrue(prometheus.isPresent(), "no prometheus in PATH (package prometheus)");
        HttpServer service = serve();
        Path folder = Files.createTempDirectory("prometheus");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, CONFIG.formatted(service.getAddress().getPort(), endpoint));
        Process process = new ProcessBuilder(
                        prometheus.get().toString(),
                        "--config.file=" + config,
                        "--enable-feature=exemplar-storage",
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + freePort())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new PrometheusAgent(service, folder, process);
    }

    private static Optional<Path> prometheus() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static HttpServer serve() throws IOException {
        PrometheusMeterRegistry registry = MicrometerClients.scraped();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/metrics", exchange -> answer(exchange, registry));
        service.start();
        return service;
    }

    private static void answer(HttpExchange exchange, PrometheusMeterRegistry registry) throws IOException {
        String accepted = exchange.getRequestHeaders().getFirst("Accept");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        registry.scrape(body, accepted);
        exchange.getResponseHeaders().set("Content-Type", accepted.substring(0, accepted.indexOf(',')));
        exchange.sendResponseHeaders(200, body.size());
        try (exchange) {
            body.writeTo(exchange.getResponseBody());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        service.stop(0);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
