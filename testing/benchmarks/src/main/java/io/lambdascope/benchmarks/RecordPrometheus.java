package io.lambdascope.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lambdascope.labels.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a [Recording] of all that a running Prometheus has of the last time, without what tells whose machine it was.
///
/// Arguments: base URL, length as PromQL writes it, file to write; as in `http://127.0.0.1:9090 2h out.lsr`.
public final class RecordPrometheus {
    /// Labels whose values name a machine or its parts; they become `host-1`, `address-2` ….
    private static final Set<String> TELLING = Set.of(
            "address",
            "domainname",
            "instance",
            "machine",
            "mountpoint",
            "nodename",
            "pretty_name",
            "release",
            "revision",
            "version");

    private static final long WINDOW_MILLIS = 7_200_000;

    private final Map<String, String> pseudonyms = new HashMap<>();
    private final Map<String, Integer> given = new HashMap<>();

    private RecordPrometheus() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException("wanted: base URL, length, file");
        }
        String query = "{__name__=~\".+\"}[" + args[1] + "]";
        URI uri = URI.create(args[0] + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IOException("%s answered %d".formatted(args[0], response.statusCode()));
            }
            try (InputStream body = response.body()) {
                Recording recording = new Recording(new RecordPrometheus().parse(body));
                try (OutputStream out = Files.newOutputStream(Path.of(args[2]))) {
                    recording.write(out);
                }
                System.out.printf("%d series, %d samples%n", recording.series().size(), recording.samples());
            }
        }
    }

    /// Reads `"result": [{"metric": {…}, "values": [[1.5, "2"], …]}, …]`.
    private List<Recording.Series> parse(InputStream body) throws IOException {
        List<Recording.Series> all = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(body)) {
            while (json.nextToken() != null && !"result".equals(json.currentName())) {
                continue;
            }
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Labels labels = Labels.EMPTY;
                long[] times = new long[0];
                double[] values = new double[0];
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("metric")) {
                        labels = labels(json);
                    } else {
                        int n = 0;
                        times = new long[1 << 16];
                        values = new double[1 << 16];
                        while (json.nextToken() == JsonToken.START_ARRAY) {
                            json.nextToken();
                            times[n] = Math.round(json.getDoubleValue() * 1000);
                            json.nextToken();
                            values[n] = value(json.getText());
                            n++;
                            json.nextToken();
                        }
                        times = Arrays.copyOf(times, n);
                        values = Arrays.copyOf(values, n);
                    }
                }
                all.add(new Recording.Series(labels, times, values));
            }
        }
        all.sort(Comparator.comparing(Recording.Series::labels));
        shift(all);
        return all;
    }

    /// Lets the first sample begin a window of 2 h, so that a recording of 2 h makes one block wherever it is written.
    private static void shift(List<Recording.Series> all) {
        long first = all.stream().mapToLong(series -> series.times()[0]).min().orElse(0);
        long by = first - Math.floorDiv(first, WINDOW_MILLIS) * WINDOW_MILLIS;
        for (Recording.Series series : all) {
            for (int i = 0; i < series.times().length; i++) {
                series.times()[i] -= by;
            }
        }
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private Labels labels(JsonParser json) throws IOException {
        Labels.Builder labels = new Labels.Builder();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            labels.set(name, TELLING.contains(name) ? pseudonym(name, json.getText()) : json.getText());
        }
        return labels.build();
    }

    private String pseudonym(String name, String value) {
        return pseudonyms.computeIfAbsent(name + "=" + value, _ -> name + "-" + given.merge(name, 1, Integer::sum));
    }
}
