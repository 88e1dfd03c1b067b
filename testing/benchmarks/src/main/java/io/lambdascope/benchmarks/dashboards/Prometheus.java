package io.lambdascope.benchmarks.dashboards;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A Prometheus over blocks that promtool has made, in two hours each as its own head would have been written.
final class Prometheus implements Contender {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path scratch;
    private final Http http;
    private final int port;
    private Process process;

    private Prometheus(Path scratch, Http http) throws IOException {
        this.scratch = scratch;
        this.http = http;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        Files.writeString(scratch.resolve("prometheus.yml"), "global: {}\n");
        this.process = launch();
    }

    /// @param scratch an existing directory with blocks in `tsdb`
    static Prometheus start(Path scratch, Http http) throws IOException, InterruptedException {
        Prometheus prometheus = new Prometheus(scratch, http);
        http.awaitAnswer(prometheus.api().resolve("status/buildinfo"), PATIENCE);
        return prometheus;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + scratch.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + scratch.resolve("tsdb"),
                        "--storage.tsdb.retention.time=100y",
                        "--storage.tsdb.max-block-duration=2h",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=error")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        scratch.resolve("prometheus.log").toFile()))
                .start();
    }

    @Override
    public String name() {
        return "Prometheus";
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:%d/api/v1/".formatted(port));
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        stop();
        process = launch();
        http.awaitAnswer(api().resolve("status/buildinfo"), PATIENCE);
    }

    private void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
