package io.lambdascope.localstack.clients;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What pushes metrics, as it is published and used as its manual says. What a machine answers afterwards is in
/// the file `clients/NAME.txt`.
public enum PushingClient {
    /// The OpenTelemetry SDK for Java: protobuf, cumulative.
    OPENTELEMETRY(OpenTelemetryClient::pushCumulative),
    /// The same, with counters and histograms that say what came since the last export.
    OPENTELEMETRY_DELTA(OpenTelemetryClient::pushDelta),
    MICROMETER_OTLP(MicrometerClients::pushOtlp),
    MICROMETER_INFLUX(MicrometerClients::pushInflux),
    /// Lines as Telegraf sends them.
    TELEGRAF(TelegrafLines::push),
    /// Micrometer's registry for Prometheus, scraped as OpenMetrics by a Prometheus that remote-writes.
    PROMETHEUS((endpoint, _) -> PrometheusAgent.start(endpoint)) {
        @Override
        public String tenant() {
            return "anonymous";
        }
    };

    private interface Pushing {
        Closeable start(String endpoint, String tenant) throws IOException;
    }

    private final Pushing pushing;

    PushingClient(Pushing pushing) {
        this.pushing = pushing;
    }

    /// Records, and pushes at least once, perhaps only after this returns.
    ///
    /// @param endpoint the base URL of a machine
    /// @return what ends it
    public Closeable start(String endpoint) throws IOException {
        return pushing.start(endpoint, tenant());
    }

    /// Whose metrics it pushes.
    public String tenant() {
        return fileName();
    }

    private String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Expected answers by question, each a series with its value; `exemplars` before a selector asks for those.
    public Map<String, List<String>> answers() {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String block : resource(fileName() + ".txt").strip().split("\n\n")) {
            List<String> question =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            answers.put(question.getFirst(), question.subList(1, question.size()));
        }
        return answers;
    }

    static String resource(String file) {
        try (InputStream lines = PushingClient.class.getResourceAsStream("/clients/" + file)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is over by the time it has started.
    static Closeable done() {
        return () -> {};
    }
}
