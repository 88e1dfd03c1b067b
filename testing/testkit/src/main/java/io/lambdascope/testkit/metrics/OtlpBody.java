package io.lambdascope.testkit.metrics;

import io.lambdascope.labels.Labels;
import io.lambdascope.testkit.metrics.NodeExporter.Line;
import io.lambdascope.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// What an OpenTelemetry Collector sends of hosts that run a node exporter: a resource for each host, a metric for each
/// name, a data point for each series; in the encodings of OTLP.
///
/// @param points how many data points there are
/// @param protobuf an `ExportMetricsServiceRequest`
/// @param json the same
public record OtlpBody(int points, byte[] protobuf, byte[] json) {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long START_NANOS = 1_750_000_000_000_000_000L;

    /// A metric of a host, and its data points.
    private record Metric(int host, List<Line> lines) {
        String name() {
            return lines.getFirst().labels().metricName();
        }

        boolean counter() {
            return lines.getFirst().counter();
        }
    }

    /// @param perRequest about how many data points are in a request; metrics are not cut
    public static List<OtlpBody> requests(NodeExporter exporter, int hosts, long timestampMillis, int perRequest) {
        List<OtlpBody> requests = new ArrayList<>();
        List<Metric> request = new ArrayList<>();
        int points = 0;
        for (int host = 1; host <= hosts; host++) {
            for (Metric metric : metrics(exporter, host)) {
                request.add(metric);
                points += metric.lines().size();
                if (points >= perRequest) {
                    requests.add(of(request, points, timestampMillis));
                    request = new ArrayList<>();
                    points = 0;
                }
            }
        }
        if (points > 0) {
            requests.add(of(request, points, timestampMillis));
        }
        return requests;
    }

    private static List<Metric> metrics(NodeExporter exporter, int host) {
        List<Metric> metrics = new ArrayList<>();
        for (Line line : exporter.lines()) {
            if (metrics.isEmpty()
                    || !metrics.getLast().name().equals(line.labels().metricName())) {
                metrics.add(new Metric(host, new ArrayList<>()));
            }
            metrics.getLast().lines().add(line);
        }
        return metrics;
    }

    private static OtlpBody of(List<Metric> metrics, int points, long timestampMillis) {
        ProtoWriter out = new ProtoWriter(1 << 16);
        StringJoiner json = new StringJoiner(",", "{\"resourceMetrics\":[", "]}");
        int from = 0;
        while (from < metrics.size()) {
            int host = metrics.get(from).host();
            int to = from;
            while (to < metrics.size() && metrics.get(to).host() == host) {
                to++;
            }
            json.add(writeHost(host, metrics.subList(from, to), timestampMillis * NANOS_PER_MILLI, out));
            from = to;
        }
        return new OtlpBody(points, out.toByteArray(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a `ResourceMetrics` as protobuf, and gives it as JSON.
    private static String writeHost(int host, List<Metric> metrics, long timeNanos, ProtoWriter out) {
        Labels attributes = Labels.of(
                "service.name",
                "node",
                "service.instance.id",
                "host-%d:9100".formatted(host),
                "host.name",
                "host-" + host,
                "os.type",
                "linux");
        int resourceMetrics = out.begin(1);
        int resource = out.begin(1);
        String resourceJson = writeAttributes(1, attributes, out);
        out.end(resource);
        int scopeMetrics = out.begin(2);
        StringJoiner json = new StringJoiner(
                ",",
                "{\"resource\":{\"attributes\":%s},\"scopeMetrics\":[{\"metrics\":[".formatted(resourceJson),
                "]}]}");
        for (Metric metric : metrics) {
            int message = out.begin(2);
            out.text(1, metric.name());
            int data = out.begin(metric.counter() ? 7 : 5);
            StringJoiner points = new StringJoiner(",", "{\"dataPoints\":[", "]");
            for (Line line : metric.lines()) {
                points.add(writePoint(line, host, timeNanos, out));
            }
            String kind = points.toString();
            if (metric.counter()) {
                out.varint(2, 2);
                out.varint(3, 1);
                kind += ",\"aggregationTemporality\":2,\"isMonotonic\":true";
            }
            out.end(data);
            out.end(message);
            json.add("{\"name\":\"%s\",\"%s\":%s}}".formatted(metric.name(), metric.counter() ? "sum" : "gauge", kind));
        }
        out.end(scopeMetrics);
        out.end(resourceMetrics);
        return json.toString();
    }

    private static String writePoint(Line line, int host, long timeNanos, ProtoWriter out) {
        double value = line.at(host, 0);
        int point = out.begin(1);
        out.fixed64(2, START_NANOS);
        out.fixed64(3, timeNanos);
        out.float64(4, value);
        String attributes = writeAttributes(7, line.labels().without(Labels.NAME), out);
        out.end(point);
        return "{\"startTimeUnixNano\":\"%d\",\"timeUnixNano\":\"%d\",\"asDouble\":%s,\"attributes\":%s}"
                .formatted(
                        START_NANOS,
                        timeNanos,
                        Double.isFinite(value) ? Double.toString(value) : "\"%s\"".formatted(value),
                        attributes);
    }

    private static String writeAttributes(int field, Labels attributes, ProtoWriter out) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        attributes.forEach((key, value) -> {
            int attribute = out.begin(field);
            out.text(1, key);
            int text = out.begin(2);
            out.text(1, value);
            out.end(text);
            out.end(attribute);
            json.add("{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}"
                    .formatted(key, value.replace("\\", "\\\\").replace("\"", "\\\"")));
        });
        return json.toString();
    }
}
