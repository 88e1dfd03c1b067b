package io.lambdascope.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lambdascope.labels.Labels;
import io.lambdascope.model.metrics.MetricsBatch;
import io.lambdascope.testkit.metrics.RemoteWriteBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pushes to a machine and asks it, as agents and Grafana do.
public final class MachineClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;

    /// @param base the base URL, perhaps with a stage prefix, without a slash at its end
    public MachineClient(String base) {
        this.base = base;
    }

    /// One sample of a series, as a batch.
    public static MetricsBatch sample(Labels labels, long timestampMillis, double value) {
        MetricsBatch batch = new MetricsBatch();
        batch.startSeries(labels);
        batch.addSample(timestampMillis, value);
        return batch;
    }

    /// @return the status of the answer
    public int push(String tenant, MetricsBatch batch) throws IOException, InterruptedException {
        HttpRequest request = request("/api/v1/push", tenant)
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .POST(HttpRequest.BodyPublishers.ofByteArray(RemoteWriteBody.of(batch)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /// The samples that a range vector selector selects at `atMillis`: per series, values by their timestamps.
    ///
    /// @throws IOException if the answer is no success
    public Map<String, SortedMap<Long, Double>> samples(String tenant, String selector, long atMillis)
            throws IOException, InterruptedException {
        Map<String, SortedMap<Long, Double>> series = new TreeMap<>();
        for (JsonNode one : data(queryAt(atMillis), selector, tenant).path("result")) {
            SortedMap<Long, Double> samples = new TreeMap<>();
            for (JsonNode sample : one.path("values")) {
                long millis = Math.round(sample.get(0).asDouble() * 1000);
                double value = Double.parseDouble(sample.get(1).asText());
                if (samples.put(millis, value) != null) {
                    throw new IOException("a sample is read twice: %s at %d".formatted(one.get("metric"), millis));
                }
            }
            series.put(one.get("metric").toString(), samples);
        }
        return series;
    }

    /// The elements of an instant query, each as its labels (an object) and its value, sorted.
    ///
    /// @throws IOException if the answer is no success
    public List<String> vector(String tenant, String query, long atMillis) throws IOException, InterruptedException {
        List<String> elements = new ArrayList<>();
        for (JsonNode one : data(queryAt(atMillis), query, tenant).path("result")) {
            elements.add(one.get("metric") + " " + one.at("/value/1").asText());
        }
        elements.sort(null);
        return elements;
    }

    /// Exemplars of the last hour, each as labels of its series, its own labels, and its value, sorted.
    ///
    /// @throws IOException if the answer is no success
    public List<String> exemplars(String tenant, String selector, long atMillis)
            throws IOException, InterruptedException {
        String range = "query_exemplars?start=%d&end=%d&query=".formatted(atMillis / 1000 - 3600, atMillis / 1000 + 1);
        List<String> exemplars = new ArrayList<>();
        for (JsonNode series : data(range, selector, tenant)) {
            for (JsonNode one : series.path("exemplars")) {
                exemplars.add("%s %s %s"
                        .formatted(
                                series.get("seriesLabels"),
                                one.get("labels"),
                                one.get("value").asText()));
            }
        }
        exemplars.sort(null);
        return exemplars;
    }

    private static String queryAt(long atMillis) {
        return "query?time=%d.%03d&query=".formatted(atMillis / 1000, atMillis % 1000);
    }

    private JsonNode data(String question, String query, String tenant) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                get("/prometheus/api/v1/" + question + URLEncoder.encode(query, StandardCharsets.UTF_8), tenant);
        if (answer.statusCode() != 200) {
            throw new IOException("%s was answered %d: %s".formatted(query, answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body()).path("data");
    }

    public HttpResponse<String> get(String path, String tenant) throws IOException, InterruptedException {
        return send(request(path, tenant).GET().build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String tenant) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).header("X-Scope-OrgID", tenant);
    }

    @Override
    public void close() {
        http.close();
    }
}
